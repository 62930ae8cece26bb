import { runCommand } from '../src/cli/run.js';
import { Queues } from '../src/platform/queue/queues.js';
import { Relay } from '../src/platform/queue/relay.js';
import { Workers } from '../src/platform/queue/workers.js';
import { eventually, openFoyer, type Foyer } from './support/foyer.js';
import { hasRedis, OwnRedis } from './support/redis.js';
import { Retailer, type TestSource, type TestStore } from './support/retailer.js';
import { ShopFloor } from './support/shop-floor.js';
import { Tablet } from './support/tablet.js';

/** Foyer polls its feed every five seconds where nobody calls. */
const poll = 8_000;

const withRedis = hasRedis ? describe : describe.skip;

withRedis(hasRedis ? 'Redis goes down and comes back empty' : 'Redis goes down (skipped: no redis-server here)', () => {
  let redis: OwnRedis;
  let foyer: Foyer;
  let store: TestStore;
  let shop: TestSource;
  let floor: ShopFloor;
  let tablet: Tablet;

  beforeAll(async () => {
    redis = await OwnRedis.start();
    foyer = await openFoyer({ redisUrl: redis.url });
    const retailer = new Retailer(foyer.database);
    store = await retailer.store('berlin');
    shop = await retailer.source('Web shop', 'web-shop', { department: 'online' });
    floor = new ShopFloor(foyer);
    tablet = await new Tablet(foyer.url, store.tablet, store.id).follow();
  }, 60_000);
  afterAll(async () => {
    await tablet.leave();
    await foyer.close();
    await redis.goDown();
  });

  it('lets everybody in, tells the tablets within the next look, and catches up with what it could not queue', async () => {
    const before = await floor.checkIn(store, { calledName: 'red hat' });
    await tablet.hears('the red hat came', ({ visit }) => visit.id === before.id);

    await redis.goDown();
    const during = await floor.checkIn(store, { calledName: 'green hat' });
    await tablet.hears('the green hat came', ({ visit }) => visit.id === during.id, poll);
    const batch = [
      { type: 'identify', messageId: 'm1', userId: 'ada', traits: { name: 'Ada Example', email: 'ada@home.example' } },
      { type: 'track', messageId: 'm2', userId: 'ada', event: 'Product Viewed', properties: { name: 'Estate' } },
    ];
    const kept = await fetch(`${foyer.url}/v1/batch`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${shop.server}:`).toString('base64')}` },
      body: JSON.stringify({ batch }),
    });
    expect(kept.status).toBe(200);

    await redis.comeUp();
    await floor.settled();
    const facts = await foyer.database.query(
      `SELECT 1 FROM fact f JOIN membership m ON m.customer_id = f.customer_id
       JOIN record r ON r.id = m.record_id WHERE r.source_key = 'user:ada'`,
    );
    expect(facts).not.toEqual([]);
    const after = await floor.checkIn(store, { calledName: 'blue hat' });
    await tablet.hears('the blue hat came', ({ visit }) => visit.id === after.id);
    const arrived = tablet.arrivals.filter(({ kind }) => kind === 'ARRIVED').map(({ visit }) => visit.id);
    expect(arrived).toEqual([before.id, during.id, after.id]);
    expect(tablet.closedWith).toBeUndefined();
  }, 90_000);

  it('gets back by a command what Redis lost while it waited there', async () => {
    const own = await OwnRedis.start();
    const idle = await openFoyer({ redisUrl: own.url }, { web: true, worker: false });
    const queues = idle.app.get(Queues);
    const source = await new Retailer(idle.database).source('Web shop', 'web-shop', { department: 'online' });
    idle.app.get(Relay).start();
    const waiting = (jobs: number) => async () => Object.values(await queues.depth('intake')).includes(jobs);

    const said = { type: 'identify', messageId: 'm1', userId: 'ada', traits: { email: 'ada@home.example' } };
    const kept = await fetch(`${idle.url}/v1/batch`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${source.server}:`).toString('base64')}` },
      body: JSON.stringify({ batch: [said] }),
    });
    expect(kept.status).toBe(200);
    await eventually('her message waits in Redis', waiting(1));
    await own.goDown();
    await own.comeUp();
    idle.app.get(Workers).start();
    const stage = new ShopFloor(idle);
    await stage.settled();
    expect(await idle.database.query('SELECT FROM record')).toEqual([]);

    const lines: string[] = [];
    const output = { out: (line: string) => lines.push(line), err: (line: string) => lines.push(line) };
    const environment = { DATABASE_URL: idle.database.url, REDIS_URL: own.url, FOYER_DIR: idle.config.directory };
    const code = await runCommand(['jobs', 'recover', '--since', '1h', '--json'], {
      environment,
      output,
      clock: idle.clock,
    });
    expect({ code, lines }).toEqual({ code: 0, lines: ['{"messages":1,"customers":0}'] });
    await stage.settled();
    expect(await idle.database.query('SELECT FROM record')).toHaveLength(1);
    expect(await idle.database.query(`SELECT FROM fact WHERE state = 'READY'`)).not.toEqual([]);
    await idle.close();
    await own.goDown();
  }, 90_000);
});
