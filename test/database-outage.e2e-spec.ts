import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { TestDatabase } from './support/database.js';
import { eventually, type Answer, type Foyer } from './support/foyer.js';
import { gatedFoyer, type Gate } from './support/gated-foyer.js';
import { Retailer, type TestSource, type TestStore } from './support/retailer.js';
import { Tablet } from './support/tablet.js';

describe('while the database is away', () => {
  let foyer: Foyer;
  let database: TestDatabase;
  let gate: Gate;
  let close: () => Promise<void>;
  let store: TestStore;
  let shop: TestSource;
  let manager: string;

  beforeAll(async () => {
    const gated = await gatedFoyer();
    ({ foyer, database, gate, close } = gated);
    const retailer = new Retailer(database);
    store = await retailer.store('berlin');
    shop = await retailer.source('shop', 'web-shop');
    manager = (await retailer.staff('Mara', 'STORE_MANAGER', [store])).token;
  });
  afterAll(async () => close());

  const tell = (): Promise<Response> =>
    fetch(`${foyer.url}/v1/batch`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${shop.server}:`).toString('base64')}` },
      body: JSON.stringify({ batch: [{ type: 'track', event: 'X', userId: 'ada', messageId: 'outage' }] }),
    });
  const checkIn = (): Promise<Answer<{ checkIn: { __typename: string } } | null>> =>
    foyer.ask(
      'mutation ($input: CheckInInput!) { checkIn(input: $input) { __typename } }',
      { input: { idempotencyKey: 'outage-key-0001', storeId: store.id, calledName: 'red hat' } },
      store.tablet,
    );
  const board = (): Promise<Answer<{ board: { present: object[] } } | null>> =>
    foyer.ask('query ($id: ID!) { board(storeId: $id) { present { id } } }', { id: store.id }, store.tablet);
  const ready = (): Promise<Response> => fetch(`${foyer.url}/health/ready`);
  const colleagues = (): Promise<Response> =>
    fetch(`${foyer.url}/tablet/colleagues`, { method: 'POST', headers: { authorization: `Bearer ${store.tablet}` } });
  const signIn = (): Promise<Response> =>
    fetch(`${foyer.url}/desk-api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'https://foyer.example' },
      body: JSON.stringify({ token: manager }),
    });

  /** The slowest of everything that may be asked, in milliseconds, and what each is told. */
  async function everybodyIsRefused(): Promise<number> {
    const before = performance.now();
    const [told, arrived, seen, health, ...routes] = await Promise.all([
      tell(),
      checkIn(),
      board(),
      ready(),
      colleagues(),
      signIn(),
    ]);
    const slowest = performance.now() - before;
    expect([told.status, told.headers.get('retry-after')]).toEqual([503, '1']);
    for (const { status, headers } of routes) expect([status, headers.get('retry-after')]).toEqual([503, '1']);
    for (const { errors } of [arrived, seen]) expect(errors?.[0]?.extensions.code).toBe('UNAVAILABLE');
    expect(health.status).toBe(503);
    return slowest;
  }

  /** How a socket that shows its token now is closed. */
  async function closing(): Promise<number> {
    const socket = new WebSocket(`${foyer.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: { token: store.tablet } })));
    const [code] = (await once(socket, 'close')) as [number];
    return code;
  }

  async function everythingIsBack(): Promise<void> {
    await eventually('it is ready', async () => (await ready()).status === 200);
    const told = await eventually('events are taken', async () => {
      const response = await tell();
      return response.status === 200 && ((await response.json()) as { accepted: number; duplicates: number });
    });
    expect(told.accepted + told.duplicates).toBe(1);
    expect((await checkIn()).data?.checkIn.__typename).toBe('CheckedIn');
    expect((await board()).data?.board.present).toHaveLength(1);
    expect((await signIn()).status).toBe(200);
  }

  it('everybody is refused for now within a second when its server is gone, and served again without a restart', async () => {
    await everythingIsBack();
    gate.shut();
    expect(await everybodyIsRefused()).toBeLessThan(1_000);
    // Not 4403, by which a tablet would take itself for signed out, and forget everything.
    expect(await closing()).toBe(1013);
    gate.open();
    await everythingIsBack();
  });

  it('a tablet that listens hears of everybody once, on the same connection, when all connections to the database broke', async () => {
    const entrance = await new Retailer(database).store('entrance');
    const comes = (calledName: string): Promise<Answer<{ checkIn: { __typename: string } } | null>> =>
      foyer.ask(
        'mutation ($input: CheckInInput!) { checkIn(input: $input) { __typename } }',
        { input: { idempotencyKey: `outage ${calledName}`, storeId: entrance.id, calledName } },
        entrance.tablet,
      );
    const tablet = await new Tablet(foyer.url, entrance.tablet, entrance.id, 'id state calledName').follow();
    const heard = (): string[] => tablet.arrivals.map(({ kind, visit }) => `${kind} ${visit.calledName}`);
    const party = Array.from({ length: 12 }, (_, n) => `guest ${n}`);
    const underWay = party.map(comes);
    // Some have come by now, some are being read for the tablet, and some are still at the door.
    await eventually('the tablet hears of the first', async () => heard().length > 0);
    gate.shut();
    await Promise.all(underWay);
    expect((await comes('green coat')).errors?.[0]?.extensions.code).toBe('UNAVAILABLE');
    gate.open();
    const everybody = [...party, 'green coat'];
    for (const who of everybody)
      await eventually(`${who} comes in`, async () => (await comes(who)).data?.checkIn.__typename === 'CheckedIn');
    const arrivals = everybody.map((who) => `ARRIVED ${who}`);
    await eventually('the tablet hears of everybody', async () => arrivals.every((one) => heard().includes(one)));
    expect(heard().sort()).toEqual(arrivals.sort());
    expect([tablet.errors, tablet.closedWith]).toEqual([[], undefined]);
    await tablet.leave();
  });

  it('everybody is refused for now within a second when its host has frozen, and from then on', async () => {
    await everythingIsBack();
    gate.freeze();
    expect(await everybodyIsRefused()).toBeLessThan(1_000);
    expect(await everybodyIsRefused()).toBeLessThan(1_000);
    gate.open();
    await everythingIsBack();
  });

  // With Redis, arrivals of other processes are heard there, and no line to PostgreSQL listens.
  const overPostgres = process.env['FOYER_TEST_QUEUE'] === 'redis' ? it.skip : it;
  overPostgres(
    'arrivals of other processes are heard again soon after the way to it was lost without a word',
    async () => {
      const line = async (): Promise<number | undefined> => {
        const [row] = await database.query<{ pid: number }>(
          `SELECT pid FROM pg_stat_activity WHERE application_name = 'foyer-live' AND datname = current_database()
         ORDER BY backend_start DESC`,
        );
        return row?.pid;
      };
      const before = await eventually('a line stands', line);
      gate.forget();
      await eventually('another one is made', async () => ![undefined, before].includes(await line()));
      await everythingIsBack();
    },
  );

  it('a statement that is only slow is left alone', async () => {
    const { Database } = await import('../src/platform/database/database.js');
    const slow = foyer.app.get(Database).query<{ v: number }>('SELECT 1 AS v FROM pg_sleep(3)');
    expect(await slow).toEqual([{ v: 1 }]);
  });
});
