import type { Queue } from 'bullmq';
import { runCommand } from '../src/cli/run.js';
import type { Step } from '../src/enrichment/step.js';
import { steps } from '../src/enrichment/steps.js';
import { DeadLetters, type DeadLetter } from '../src/platform/queue/dead-letters.js';
import { JobRegistry } from '../src/platform/queue/job-registry.js';
import { Job } from '../src/platform/queue/job.js';
import { openQueue, QUEUE_CONNECTION, type QueueConnection } from '../src/platform/queue/queue-backend.js';
import { Queues } from '../src/platform/queue/queues.js';
import { after, days, hours, minutes } from '../src/shared/clock.js';
import { eventually, noon, openFoyer, type Foyer } from './support/foyer.js';
import { Retailer, type TestSource, type TestStore } from './support/retailer.js';
import { ShopFloor } from './support/shop-floor.js';

let foyer: Foyer;
let floor: ShopFloor;
let shop: TestSource;
let club: TestSource;
let berlin: TestStore;

/** Customers in the order in which their facts were computed. */
const computed: string[] = [];

/** Whether the wobbly step finds for Nul what PostgreSQL cannot keep. */
let poisoned = true;

/** A step that fails for Wanda, and poisons the facts of Nul. */
const wobbly = {
  name: 'wobbly',
  describe: 'Fails on purpose.',
  on: ['customer.changed'],
  reads: { records: true },
  keepFor: days(1),
  compute({ id, records }: Parameters<Step['compute']>[0]) {
    computed.push(id);
    const names = records.map(({ traits }) => traits['givenName']);
    if (names.includes('Wanda')) throw new Error('wobbled');
    return { text: poisoned && names.includes('Nul') ? '\0' : 'steady' };
  },
};

beforeAll(async () => {
  (steps as unknown[]).push(wobbly);
  foyer = await openFoyer({ workerConcurrency: 1 });
  const retailer = new Retailer(foyer.database);
  floor = new ShopFloor(foyer);
  shop = await retailer.source('Web shop', 'web-shop', { department: 'online' });
  club = await retailer.source('Club', 'loyalty', { trusted: true });
  berlin = await retailer.store('berlin');
});
afterAll(async () => {
  (steps as unknown[]).pop();
  await foyer.close();
});

interface FactRow {
  readonly step: string;
  readonly state: string;
  readonly payload: unknown;
  readonly input_version: string;
  readonly error: string | null;
}

async function customerOf(userId: string): Promise<string> {
  const [row] = await foyer.database.query<{ customer_id: string }>(
    `SELECT m.customer_id FROM record r JOIN membership m ON m.record_id = r.id WHERE r.source_key = $1`,
    [`user:${userId}`],
  );
  if (!row) throw new Error(`Nobody is known as ${userId}.`);
  return row.customer_id;
}

const factsOf = async (userId: string): Promise<FactRow[]> =>
  foyer.database.query<FactRow>('SELECT * FROM fact WHERE customer_id = $1 ORDER BY step', [await customerOf(userId)]);

const person = (userId: string, firstName: string): object => ({
  type: 'identify',
  userId,
  traits: { firstName, email: `${userId}@example.com` },
  timestamp: noon.toISOString(),
});

/** She saves an estate; done at once, whatever has become of it. */
async function saves(userId: string): Promise<{ link: string }> {
  const { data } = await foyer.ask<{ saveConfiguration: { link: string } }>(
    'mutation ($input: SaveConfigurationInput!) { saveConfiguration(input: $input) { ... on SavedConfiguration { link } } }',
    {
      input: {
        idempotencyKey: userId,
        sessionId: userId,
        identifiers: [{ kind: 'account', value: userId }],
        model: 'estate',
        options: [],
        total: { amountMinor: 1, currency: 'EUR' },
      },
    },
    shop.server,
  );
  return data.saveConfiguration;
}

it('facts hold keys and parameters, never a sentence for one reader', async () => {
  await floor.tells(shop, person('ada', 'Ada'), {
    type: 'track',
    event: 'Order Completed',
    userId: 'ada',
    properties: { order_id: 'a', total: 5, currency: 'EUR', products: [{ name: 'Mat' }] },
  });
  const facts = await factsOf('ada');
  expect(facts.map(({ step, state }) => [step, state])).toEqual(steps.map(({ name }) => [name, 'READY']).sort());
  const saying = facts.find(({ step }) => step === 'worth-saying')?.payload as { lines: object[] };
  expect(saying.lines[0]).toMatchObject({
    about: 'relation',
    say: { key: 'headline.bought', params: { label: 'Mat' } },
    because: [{ key: 'because.bought' }],
  });
  expect(JSON.stringify(facts)).not.toMatch(/You bought/);
});

it('a step that throws marks only itself, and keeps what it found before', async () => {
  await floor.tells(shop, person('wanda', 'Vera'));
  await floor.tells(shop, { ...person('wanda', 'Wanda'), timestamp: after(noon, minutes(1)).toISOString() });
  foyer.clock.advance(minutes(2));
  await floor.tells(shop, { ...person('wanda', 'Wanda'), timestamp: foyer.clock.now().toISOString() });
  const facts = await factsOf('wanda');
  expect(facts.find(({ step }) => step === 'wobbly')).toMatchObject({
    state: 'FAILED',
    error: 'wobbled',
    payload: { text: 'steady' },
  });
  expect(facts.filter(({ state }) => state === 'READY')).toHaveLength(steps.length - 1);
});

/** What `npx foyer jobs` answers to a program. */
async function jobs<T>(...line: string[]): Promise<T> {
  const [out, err]: [string[], string[]] = [[], []];
  const { directory, redisUrl } = foyer.config;
  const code = await runCommand(['jobs', ...line, '--json'], {
    environment: { DATABASE_URL: foyer.database.url, FOYER_DIR: directory, ...(redisUrl && { REDIS_URL: redisUrl }) },
    output: { out: (text) => out.push(text), err: (text) => err.push(text) },
    clock: foyer.clock,
  });
  expect({ code, err }).toEqual({ code: 0, err: [] });
  return JSON.parse(out.join('\n')) as T;
}

const givenUp = async (): Promise<string[]> =>
  (await jobs<DeadLetter[]>('list')).map(({ payload }) => (payload as { customerIds: string[] }).customerIds.join());

it('a customer who cannot be computed at all becomes a dead letter and holds nobody up', async () => {
  const others = Array.from({ length: 10 }, (_, n) => person(`other-${n}`, 'Otto'));
  await floor.tells(shop, person('nul', 'Nul'), person('nuno', 'Nul'), ...others);
  await eventually('both are dead letters', async () => {
    const letters = await foyer.database.query('SELECT FROM dead_letter');
    return letters.length === 2;
  });
  const one = { name: 'refresh-facts', queue: 'customer', attempts: 5, error: expect.any(String) as string };
  const [nul, nuno] = [await customerOf('nul'), await customerOf('nuno')];
  const letters = await jobs<DeadLetter[]>('list');
  expect(letters).toHaveLength(2);
  for (const id of [nul, nuno]) {
    expect(letters).toContainEqual(expect.objectContaining({ ...one, payload: { customerIds: [id], alone: true } }));
  }
  for (let n = 0; n < 10; n += 1) expect(await factsOf(`other-${n}`)).toHaveLength(steps.length);
});

it('a dead letter is queued again from the command line, one by its id or all, and is done once its cause is mended', async () => {
  const ready = async (userId: string): Promise<number> =>
    (await factsOf(userId)).filter(({ state }) => state === 'READY').length;
  const nuno = await customerOf('nuno');
  const [first] = (await jobs<DeadLetter[]>('list')).filter(({ payload }) => !JSON.stringify(payload).includes(nuno));
  poisoned = false;
  expect(await jobs('replay', first?.id ?? '')).toEqual({ replayed: 1 });
  await floor.settled();
  expect([await ready('nul'), await ready('nuno')]).toEqual([steps.length, 0]);
  expect(await givenUp()).toEqual([nuno]);
  expect(await jobs('replay', '--all')).toEqual({ replayed: 1 });
  await floor.settled();
  expect(await ready('nuno')).toBe(steps.length);
  expect(await givenUp()).toEqual([]);
});

it('a dead letter of a job that there is no more is one again when it is replayed, and holds up nobody', async () => {
  const gone = { queue: 'customer', name: 'gone', payload: {}, error: 'it was there once', attempts: 5 };
  await foyer.app.get(DeadLetters).keep(gone);
  expect(await jobs('replay', '--all')).toEqual({ replayed: 1 });
  await floor.tells(shop, person('ivo', 'Ivo'));
  expect(await factsOf('ivo')).toHaveLength(steps.length);
  const error = 'No job is called "gone" in the process that was to queue it: replay it where there is one.';
  expect(await jobs('list')).toEqual([expect.objectContaining({ name: 'gone', attempts: 0, error })]);
  await foyer.database.query(`DELETE FROM dead_letter WHERE name = 'gone'`);
});

it('an outage is no attempt: who fails after it is tried as often as anybody', async () => {
  const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  const course = [away, away, new Error('once'), undefined];
  let runs = 0;
  class Unlucky extends Job {
    readonly name = 'unlucky';
    readonly queue = 'customer';
    override readonly attempts = 2;
    async perform(): Promise<void> {
      const fault = course[runs++];
      if (fault) throw fault;
    }
  }
  const job = new Unlucky();
  foyer.app.get(JobRegistry).add(job);
  await foyer.app.get(Queues).add([{ job, payload: {} }]);
  await eventually('it has run to its end', async () => runs === course.length);
  await floor.settled();
  expect(await foyer.database.query('SELECT FROM dead_letter WHERE replayed_at IS NULL')).toEqual([]);
});

it('an older run never overwrites a newer one', async () => {
  await floor.tells(shop, person('olga', 'Olga'));
  const id = await customerOf('olga');
  await foyer.database.query(
    `UPDATE fact SET input_version = 999, payload = '{"newer": true}' WHERE customer_id = $1`,
    [id],
  );
  await floor.tells(shop, { type: 'page', userId: 'olga', name: 'Home' });
  for (const fact of await factsOf('olga'))
    expect(fact).toMatchObject({ input_version: '999', payload: { newer: true } });
});

it('facts go with their customer when two turn out to be one', async () => {
  await floor.tells(shop, person('lena', 'Lena'));
  await floor.tells(club, { type: 'identify', userId: 'l-9', traits: { loyaltyId: 'L-9009', firstName: 'Lena' } });
  expect(await customerOf('lena')).not.toBe(await customerOf('l-9'));
  await floor.tells(club, {
    type: 'identify',
    userId: 'l-9',
    traits: { loyaltyId: 'L-9009', email: 'lena@example.com' },
  });
  const id = await customerOf('lena');
  expect(await customerOf('l-9')).toBe(id);
  const orphans = await foyer.database.query(
    'SELECT FROM fact f WHERE NOT EXISTS (SELECT FROM customer c WHERE c.id = f.customer_id)',
  );
  expect(orphans).toEqual([]);
  const profile = (await factsOf('lena')).find(({ step }) => step === 'profile');
  expect(profile?.payload).toMatchObject({ loyaltyId: { value: 'L-9009', source: 'Club' } });
});

it('her facts are fresh when she comes again on another day', async () => {
  await floor.tells(shop, person('ines', 'Ines'), {
    type: 'track',
    event: 'Appointment Booked',
    userId: 'ines',
    properties: { at: after(noon, days(2)).toISOString() },
  });
  const spoken = async (): Promise<string> =>
    JSON.stringify((await factsOf('ines')).find(({ step }) => step === 'worth-saying')?.payload);
  expect(await spoken()).not.toContain('headline.appointment');
  foyer.clock.set(after(noon, days(2) - hours(1)));
  const { link } = await saves('ines');
  await floor.checkIn(berlin, { code: link });
  await floor.settled();
  expect(await spoken()).toContain('headline.appointment');
  foyer.clock.set(noon);
});

it('who is in a store comes first: what is new of her goes before a backlog of others', async () => {
  await floor.tells(shop, person('yara', 'Yara'));
  const { link } = await saves('yara');
  await floor.checkIn(berlin, { code: link });
  await floor.settled();
  const customers = openQueue('customer', foyer.app.get<QueueConnection>(QUEUE_CONNECTION)) as unknown as Queue;
  const waiting = (count: number): Promise<true> =>
    eventually(`${count} jobs wait`, async () => {
      const counts = await customers.getJobCounts('waiting', 'prioritized');
      return Object.values(counts).reduce((sum, jobs) => sum + jobs, 0) >= count;
    });
  await customers.pause();
  try {
    await floor.sends(shop, ...Array.from({ length: 10 }, (_, n) => person(`early-${n}`, 'Emil')));
    await waiting(1);
    await floor.sends(shop, { type: 'page', userId: 'yara', name: 'Prices' });
    await waiting(2);
    computed.length = 0;
  } finally {
    await customers.resume();
    await customers.close();
  }
  await floor.settled();
  expect(computed).toHaveLength(11);
  expect(computed[0]).toBe(await customerOf('yara'));
});

it('any order and repetition of the same events ends in the same facts', async () => {
  const at = (minute: number): string => after(noon, minutes(minute) - days(1)).toISOString();
  const story = (who: string): object[] => [
    { ...person(who, 'Pia'), messageId: `${who}-0`, timestamp: at(0) },
    { type: 'page', userId: who, name: 'Home', messageId: `${who}-1`, timestamp: at(1) },
    ...['started', 'saved'].map((step, index) => ({
      type: 'track',
      userId: who,
      event: step === 'started' ? 'Configuration Started' : 'Configuration Saved',
      messageId: `${who}-${index + 2}`,
      timestamp: at(index + 2),
      properties: {
        configuration_id: `c-${who}`,
        model: 'estate',
        model_label: 'Estate',
        price: 40_000,
        currency: 'EUR',
      },
    })),
    {
      type: 'track',
      userId: who,
      event: 'Option Selected',
      messageId: `${who}-4`,
      timestamp: at(2.5),
      properties: {
        configuration_id: `c-${who}`,
        option_code: 'roof',
        option_group: 'extras',
        label: 'Roof',
        price: 900,
        currency: 'EUR',
      },
    },
    {
      type: 'track',
      userId: who,
      event: 'Order Completed',
      messageId: `${who}-5`,
      timestamp: at(90),
      properties: { order_id: `o-${who}`, total: 399, currency: 'EUR', products: [{ name: 'Roof box', price: 399 }] },
    },
    {
      type: 'track',
      userId: who,
      event: 'Complaint Opened',
      messageId: `${who}-6`,
      timestamp: at(200),
      properties: { complaint_id: `k-${who}` },
    },
    {
      type: 'track',
      userId: who,
      event: 'Complaint Closed',
      messageId: `${who}-7`,
      timestamp: at(300),
      properties: { complaint_id: `k-${who}` },
    },
  ];
  const orders = [
    [0, 1, 2, 3, 4, 5, 6, 7],
    [7, 6, 5, 4, 3, 2, 1, 0],
    [3, 0, 7, 3, 5, 1, 6, 0, 4, 2, 7],
    [5, 5, 2, 4, 7, 1, 0, 3, 6, 1],
  ];
  const ends: string[] = [];
  for (const [index, order] of orders.entries()) {
    const who = `pia-${index}`;
    const events = story(who);
    for (const position of order) await floor.tells(shop, events[position] ?? {});
    const text = JSON.stringify((await factsOf(who)).map(({ step, state, payload }) => [step, state, payload]));
    ends.push(
      text.replaceAll(who, 'pia').replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'id'),
    );
  }
  expect(ends[0]).toContain('Roof box');
  for (const end of ends) expect(end).toBe(ends[0]);
}, 60_000);
