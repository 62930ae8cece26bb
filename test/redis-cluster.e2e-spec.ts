import { openFoyer, type Foyer } from './support/foyer.js';
import { hasRedis, OwnRedis } from './support/redis.js';
import { Retailer, type TestSource, type TestStore } from './support/retailer.js';
import { ShopFloor } from './support/shop-floor.js';
import { Tablet } from './support/tablet.js';

const withRedis = hasRedis ? describe : describe.skip;

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
