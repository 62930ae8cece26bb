import { once } from 'node:events';
import { WebSocket } from 'ws';
import { ArrivalsService } from '../src/briefing/arrivals.service.js';
import { days } from '../src/shared/clock.js';
import { eventually, noon, openFoyer, type Foyer } from './support/foyer.js';
import { Retailer, type TestSource, type TestStaff, type TestStore } from './support/retailer.js';
import { longStory } from './support/runs.js';
import { contextFields, ShopFloor } from './support/shop-floor.js';
import { Tablet, type ServedArrival } from './support/tablet.js';

let foyer: Foyer;
let retailer: Retailer;
let floor: ShopFloor;
let berlin: TestStore;
let shop: TestSource;
let mia: TestStaff;
const tablets: Tablet[] = [];

beforeAll(async () => {
  foyer = await openFoyer();
  retailer = new Retailer(foyer.database);
  floor = new ShopFloor(foyer);
  berlin = await retailer.store('berlin');
  shop = await retailer.source('Web shop', 'web-shop', { department: 'online' });
  mia = await retailer.staff('Mia', 'ASSOCIATE', [berlin]);
});
afterEach(async () => {
  for (const tablet of tablets.splice(0)) await tablet.leave();
});
afterAll(() => foyer.close());

async function tablet(store: TestStore, token = store.tablet, url = foyer.url, fields?: string): Promise<Tablet> {
  const one = new Tablet(url, token, store.id, fields);
  tablets.push(one);
  return one.follow();
}

const seqOf = ({ cursor }: ServedArrival): number =>
  Number(Buffer.from(cursor, 'base64url').toString().split('.').at(-1));

/** Everything was told once, in order. */
function expectGapless(arrivals: readonly ServedArrival[]): void {
  const numbers = arrivals.map(seqOf);
  expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
}

const storeSeq = async (store: TestStore): Promise<number> => {
  const [row] = await foyer.database.query<{ seq: string }>('SELECT seq FROM store_feed WHERE store_id = $1', [
    store.id,
  ]);
  return Number(row?.seq ?? 0);
};

async function heardAll(store: TestStore, one: Tablet): Promise<void> {
  await floor.settled();
  const last = await storeSeq(store);
  await one.hears(`number ${last} came`, (arrival) => seqOf(arrival) === last);
}

describe('the tablets of a store', () => {
  it('hear of an arrival, of each step, and of the end', async () => {
    const one = await tablet(berlin);
    const visit = await floor.checkIn(berlin, { calledName: 'grey coat' });
    const arrived = await one.hears('she arrived', ({ kind }) => kind === 'ARRIVED');
    expect(arrived.visit).toMatchObject({ id: visit.id, state: 'WAITING', context: { customer: null } });
    await foyer.ask('mutation ($id: ID!) { takeVisit(visitId: $id) { __typename } }', { id: visit.id }, mia.token);
    await one.hears('she is served', ({ visit: { state } }) => state === 'SERVING');
    await foyer.ask(
      'mutation ($input: EndVisitInput!) { endVisit(input: $input) { __typename } }',
      { input: { visitId: visit.id, idempotencyKey: 'end', outcome: 'INFORMED' } },
      mia.token,
    );
    const ended = await one.hears('she left', ({ kind }) => kind === 'ENDED');
    expect(ended.visit).toMatchObject({ state: 'COMPLETED', context: null });
    await heardAll(berlin, one);
    expectGapless(one.arrivals);
  });

  it('hear nothing of another store', async () => {
    const munich = await retailer.store('munich');
    const [here, there] = [await tablet(berlin), await tablet(munich)];
    const visit = await floor.checkIn(berlin, {});
    await here.hears('somebody came', ({ visit: { id } }) => id === visit.id);
    const own = await floor.checkIn(munich, {});
    await there.hears('somebody came there too', ({ visit: { id } }) => id === own.id);
    await heardAll(munich, there);
    await heardAll(berlin, here);
    const heard = (one: Tablet): Set<string> => new Set(one.arrivals.map(({ visit: { id } }) => id));
    expect(heard(there)).toEqual(new Set([own.id]));
    expect(heard(here)).toContain(visit.id);
    expect(heard(here)).not.toContain(own.id);
    const intruder = await tablet(berlin, munich.tablet);
    expect(await intruder.refusal()).toBe('FORBIDDEN');
  });

  it('are told from the moment at which they ask, without a cursor', async () => {
    const store = await retailer.store('new');
    const before = await floor.checkIn(store, {});
    const one = new Tablet(foyer.url, store.tablet, store.id);
    tablets.push(one);
    await one.subscribe();
    await eventually('it is told of somebody', async () => {
      await floor.checkIn(store, {});
      return one.arrivals.length > 0;
    });
    await heardAll(store, one);
    expectGapless(one.arrivals);
    expect(one.arrivals.map(({ visit: { id } }) => id)).not.toContain(before.id);
  });

  it('receive the context again when it becomes richer, with a higher version', async () => {
    const one = await tablet(berlin);
    await floor.tells(shop, { type: 'identify', userId: 'ada', traits: { firstName: 'Ada' } });
    const { data } = await foyer.ask<{ saveConfiguration: { pass: { url: string } } }>(
      'mutation ($input: SaveConfigurationInput!) { saveConfiguration(input: $input) { ... on SavedConfiguration { pass { url } } } }',
      {
        input: {
          idempotencyKey: 'a',
          sessionId: 'a',
          identifiers: [{ kind: 'account', value: 'ada' }],
          model: 'estate',
          options: [],
          total: { amountMinor: 1, currency: 'EUR' },
        },
      },
      shop.server,
    );
    const visit = await floor.checkIn(berlin, { code: data.saveConfiguration.pass.url });
    await floor.tells(shop, { type: 'identify', userId: 'ada', traits: { firstName: 'Ada', lastName: 'Berg' } });
    await one.hears('her whole name', (arrival) => arrival.visit.context?.customer?.displayName === 'Ada Berg');
    await heardAll(berlin, one);
    const versions = one.arrivals
      .filter(({ visit: { id } }) => id === visit.id)
      .map((arrival) => arrival.visit.context?.version ?? 0);
    expect(versions.length).toBeGreaterThan(1);
    expect([...versions].sort((a, b) => a - b)).toEqual(versions);
    expect(one.arrivals.at(-1)?.visit.context?.customer?.displayName).toBe('Ada Berg');
    await foyer.ask(
      'mutation ($id: ID!) { disputeIdentity(visitId: $id) { __typename } }',
      { id: visit.id },
      mia.token,
    );
    await heardAll(berlin, one);
    expect(one.arrivals.at(-1)?.visit.context).toBeNull();
  });
});

describe('a tablet that was away', () => {
  it('resumes from its cursor without loss or doubling, also at another process', async () => {
    const other = await foyer.another();
    const one = await tablet(berlin, berlin.tablet, other.url);
    const watcher = await tablet(berlin);
    for (let round = 0; round < 6; round += 1) {
      await Promise.all(Array.from({ length: 4 }, () => floor.checkIn(berlin, {})));
      await heardAll(berlin, one);
      await one.leave();
      await Promise.all(Array.from({ length: 3 }, () => floor.checkIn(berlin, {})));
      await one.follow();
    }
    await heardAll(berlin, one);
    await heardAll(berlin, watcher);
    expectGapless(one.arrivals);
    expect(one.arrivals.map(seqOf)).toEqual(watcher.arrivals.map(seqOf));
  });

  it('goes on from the cursor of the board', async () => {
    const { data } = await foyer.ask<{ board: { cursor: string } }>(
      'query ($id: ID!) { board(storeId: $id) { cursor } }',
      { id: berlin.id },
      berlin.tablet,
    );
    const missed = await floor.checkIn(berlin, {});
    const one = new Tablet(foyer.url, berlin.tablet, berlin.id);
    tablets.push(one);
    await one.follow(data.board.cursor);
    await one.hears('somebody came meanwhile', ({ visit: { id } }) => id === missed.id);
  });

  it('catches up over many pages in order', async () => {
    const store = await retailer.store('busy');
    const first = await tablet(store);
    await floor.checkIn(store, {});
    await heardAll(store, first);
    await first.leave();
    const { id } = await floor.checkIn(store, {});
    await foyer.database.query(
      `INSERT INTO feed_entry (store_id, seq, kind, visit_id, at)
       SELECT $1, f.seq + n, 'CHANGED', $2, $3 FROM store_feed f, generate_series(1, 450) n WHERE f.store_id = $1`,
      [store.id, id, noon],
    );
    await foyer.database.query('UPDATE store_feed SET seq = seq + 450 WHERE store_id = $1', [store.id]);
    await first.follow();
    await heardAll(store, first);
    expect(first.arrivals.length).toBeGreaterThan(450);
    expectGapless(first.arrivals);
  });

  it('is told to reload the board when its cursor is older than what is kept, or is none', async () => {
    const store = await retailer.store('quiet');
    const one = await tablet(store);
    await floor.checkIn(store, {});
    await heardAll(store, one);
    const [{ cursor } = { cursor: '' }] = one.arrivals;
    await one.leave();
    await floor.checkIn(store, {});
    foyer.clock.advance(days(8));
    await one.follow(cursor);
    expect(await one.refusal()).toBe('CURSOR_TOO_OLD');
    foyer.clock.set(noon);
    const garbled = new Tablet(foyer.url, store.tablet, store.id);
    tablets.push(garbled);
    await garbled.follow('garbled');
    expect(await garbled.refusal()).toBe('BAD_USER_INPUT');
  });
});

it('tablets hear of check-ins at another process within moments', async () => {
  const other = await foyer.another();
  const one = await tablet(berlin, berlin.tablet, other.url);
  const visit = await floor.checkIn(berlin, {});
  await one.hears('somebody came', ({ visit: { id } }) => id === visit.id, 1500);
});

it('survives that PostgreSQL ends every connection', async () => {
  const one = await tablet(berlin);
  await foyer.database.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  );
  const visit = await eventually('the house answers again', async () => {
    try {
      return await floor.checkIn(berlin, {});
    } catch {
      return undefined;
    }
  });
  await one.hears('somebody came', ({ visit: { id } }) => id === visit.id);
  await heardAll(berlin, one);
  expectGapless(one.arrivals);
  expect(one.closedWith).toBeUndefined();
});

longStory(
  'lets go of a tablet that reads nothing, and it resumes by its cursor',
  async () => {
    const store = await retailer.store('slow');
    const options = Array.from({ length: 200 }, (_, index) => ({
      group: 'extras',
      code: `o-${index}`,
      label: 'x'.repeat(100),
    }));
    const { data } = await foyer.ask<{ saveConfiguration: { configuration: { code: string } } }>(
      'mutation ($input: SaveConfigurationInput!) { saveConfiguration(input: $input) { ... on SavedConfiguration { configuration { code } } } }',
      {
        input: {
          idempotencyKey: 'long',
          sessionId: 'long',
          identifiers: [],
          model: 'estate',
          options,
          total: { amountMinor: 1, currency: 'EUR' },
        },
      },
      shop.server,
    );
    const slow = await tablet(store, store.tablet, foyer.url, `id state context { ${contextFields} }`);
    const quick = await tablet(store);
    const visit = await floor.checkIn(store, { code: data.saveConfiguration.configuration.code });
    await slow.hears('somebody came', ({ visit: { id } }) => id === visit.id);
    await floor.settled();
    slow.freeze();

    // More than the system's own buffers hold: 500 times about 26 KB.
    await foyer.database.query(
      `INSERT INTO feed_entry (store_id, seq, kind, visit_id, at)
     SELECT $1, f.seq + n, 'CHANGED', $2, $3 FROM store_feed f, generate_series(1, 500) n WHERE f.store_id = $1`,
      [store.id, visit.id, noon],
    );
    await foyer.database.query('UPDATE store_feed SET seq = seq + 500 WHERE store_id = $1', [store.id]);
    const last = await storeSeq(store);
    await quick.hears('all of it came', (arrival) => seqOf(arrival) === last, 60_000);
    await new Promise((resolve) => setTimeout(resolve, 11_000));
    slow.thaw();
    await eventually('the slow tablet was let go', async () => slow.closedWith !== undefined, 5_000);
    expect(slow.arrivals.length).toBeLessThan(500);
    expect(quick.closedWith).toBeUndefined();

    await slow.follow();
    await slow.hears('the rest came', (arrival) => seqOf(arrival) === last, 60_000);
    expectGapless(slow.arrivals);
  },
  180_000,
);

describe('a client that writes its own frames', () => {
  const follow = 'arrivals(storeId: $storeId) { cursor }';
  const payload = (store: TestStore): object => ({
    query: `subscription One($storeId: ID!) { ${follow} } subscription Two($storeId: ID!) { ${follow} }`,
    operationName: 'Two',
    variables: { storeId: store.id },
  });

  /** A socket that was let in, and what is told on it under its ids. */
  async function introduced(store: TestStore): Promise<{ socket: WebSocket; told: string[] }> {
    const socket = new WebSocket(`${foyer.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'connection_init', payload: { token: store.tablet } }));
    await once(socket, 'message');
    const told: string[] = [];
    socket.on('message', (data: Buffer) => {
      const { type, id } = JSON.parse(data.toString()) as { type: string; id?: string };
      told.push(`${type} ${id}`);
    });
    return { socket, told };
  }

  const following = (): number => foyer.app.get(ArrivalsService).size;

  it('follows one of several operations of a document, until its socket is gone', async () => {
    const store = await retailer.store('several');
    const before = following();
    const { socket, told } = await introduced(store);
    socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: payload(store) }));
    await eventually('it follows', async () => following() === before + 1);
    await floor.checkIn(store, {});
    await eventually('it is told', async () => told.includes('next 1'));
    socket.close();
    await eventually('nobody follows', async () => following() === before);
  });

  it('follows what it asked for last under an id, and nothing of what it gave up before', async () => {
    const store = await retailer.store('hasty');
    const before = following();
    const { socket, told } = await introduced(store);
    for (let time = 0; time < 5; time += 1) {
      socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: payload(store) }));
      if (time < 4) socket.send(JSON.stringify({ type: 'complete', id: '1' }));
    }
    const again = await tablet(store);
    await eventually('both follow, once each', async () => following() === before + 2);
    const visit = await floor.checkIn(store, {});
    await again.hears('somebody came', ({ visit: { id } }) => id === visit.id);
    await heardAll(store, again);
    await eventually('it is told as often', async () => told.length >= again.arrivals.length);
    expect(told).toEqual(again.arrivals.map(() => 'next 1'));
    socket.close();
    await eventually('only one follows', async () => following() === before + 1);
  });
});

it('tells a tablet nothing from the moment it is revoked', async () => {
  const lost = await retailer.store('lost');
  const one = await tablet(lost);
  await floor.checkIn(lost, {});
  await one.hears('somebody came', ({ kind }) => kind === 'ARRIVED');
  await heardAll(lost, one);
  const told = one.arrivals.length;
  const { tablet: token } = await retailer.tablet(lost.id);
  await foyer.database.query('UPDATE tablet SET revoked_at = $2 WHERE id = $1', [lost.tabletId, noon]);
  await floor.checkIn({ ...lost, tablet: token }, {});
  await eventually('its connection is closed', async () => one.closedWith !== undefined);
  expect(one.closedWith).toBe(4401);
  expect(one.arrivals).toHaveLength(told);
});
