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
      { type: 'identify', messageId: 'm1', userId: 'ada', traits: { name: 'Ada Winter', email: 'ada@home.example' } },
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

  it('lets a process start that finds no Redis: everybody is let in, tablets hear of it, and what waits is done when Redis comes', async () => {
    const late = await OwnRedis.absent();
    const early = await openFoyer({ redisUrl: late.url });
    const retailer = new Retailer(early.database);
    const bremen = await retailer.store('bremen');
    const stage = new ShopFloor(early);
    // Its process hears nothing of the other but through Redis or by looking itself.
    const elsewhere = (await early.another()).url ?? '';
    const watching = await new Tablet(elsewhere, bremen.tablet, bremen.id).follow();
    const first = await stage.checkIn(bremen, { calledName: 'red hat' });
    await watching.hears('the red hat came', ({ visit }) => visit.id === first.id, poll);
    const held = await early.database.query(
      `SELECT FROM pg_stat_activity
       WHERE datname = current_database() AND state = 'idle in transaction' AND state_change < now() - interval '1 s'`,
    );
    expect(held).toEqual([]);
    const { lines, code } = await command(early, late, ['jobs', 'list']);
    expect({ lines, code }).toEqual({ lines: ['No job has given up.'], code: 0 });

    await late.comeUp();
    await stage.settled();
    const second = await stage.checkIn(bremen, { calledName: 'green hat' });
    await watching.hears('the green hat came', ({ visit }) => visit.id === second.id, poll);
    expect(watching.arrivals.map(({ visit }) => visit.id)).toEqual([first.id, second.id]);
    await watching.leave();
    await early.close();
    await late.goDown();
  }, 60_000);

  it('gives up on a Redis that does not answer, hands it nothing more, and loses nothing', async () => {
    const queues = foyer.app.get(Queues);
    const waiting = new Set<string>();
    redis.freeze();
    await floor.checkIn(store, { calledName: 'white hat' });
    await eventually('nothing more is handed over', () => Promise.resolve(!queues.reachable));
    await floor.checkIn(store, { calledName: 'grey hat' });
    for (const { topic } of await foyer.database.query<{ topic: string }>('SELECT topic FROM outbox'))
      waiting.add(topic);
    expect(waiting).not.toEqual(new Set());
    redis.thaw();
    await floor.settled();
    expect(queues.reachable).toBe(true);
  }, 60_000);

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

    const { code, lines } = await command(idle, own, ['jobs', 'recover', '--since', '1h', '--json']);
    expect({ code, lines }).toEqual({ code: 0, lines: ['{"messages":1,"customers":0}'] });
    await stage.settled();
    expect(await idle.database.query('SELECT FROM record')).toHaveLength(1);
    expect(await idle.database.query(`SELECT FROM fact WHERE state = 'READY'`)).not.toEqual([]);
    await idle.close();
    await own.goDown();
  }, 90_000);
});

/** Runs `npx foyer` beside a Foyer. */
async function command(
  { database, config, clock }: Foyer,
  redis: OwnRedis,
  asked: string[],
): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const output = { out: (line: string) => lines.push(line), err: (line: string) => lines.push(line) };
  const environment = { DATABASE_URL: database.url, REDIS_URL: redis.url, FOYER_DIR: config.directory };
  const code = await runCommand(asked, { environment, output, clock });
  return { code, lines };
}

withRedis(hasRedis ? 'on a Redis Cluster' : 'on a Redis Cluster (skipped: no redis-server here)', () => {
  let redis: OwnRedis;
  let foyer: Foyer;
  let store: TestStore;
  let shop: TestSource;

  beforeAll(async () => {
    redis = await OwnRedis.start({ cluster: true });
    foyer = await openFoyer({ redisUrl: redis.url, redisCluster: true });
    const retailer = new Retailer(foyer.database);
    store = await retailer.store('berlin');
    shop = await retailer.source('Web shop', 'web-shop', { department: 'online' });
  }, 60_000);
  afterAll(async () => {
    await foyer.close();
    await redis.goDown();
  });

  it('the queue makes facts of what the shop says, and a check-in reaches the tablet at another process', async () => {
    const floor = new ShopFloor(foyer);
    const elsewhere = (await foyer.another()).url ?? '';
    const tablet = await new Tablet(elsewhere, store.tablet, store.id).follow();
    const said = { type: 'identify', messageId: 'm1', userId: 'ada', traits: { email: 'ada@home.example' } };
    const kept = await fetch(`${foyer.url}/v1/batch`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${shop.server}:`).toString('base64')}` },
      body: JSON.stringify({ batch: [said] }),
    });
    expect(kept.status).toBe(200);
    const visit = await floor.checkIn(store, { calledName: 'red hat' });
    // Sooner than the tablet's process looks by itself.
    await tablet.hears('the red hat came', ({ visit: { id } }) => id === visit.id, 2_000);
    await floor.settled();
    expect(await foyer.database.query(`SELECT FROM fact WHERE state = 'READY'`)).not.toEqual([]);
    await tablet.leave();
  }, 60_000);
});
