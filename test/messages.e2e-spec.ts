import fc from 'fast-check';
import { Queues } from '../src/platform/queue/queues.js';
import { eventually, type Foyer, openFoyer, pageOf } from './support/foyer.js';
import { Retailer, type TestSource } from './support/retailer.js';
import { runs } from './support/runs.js';

let foyer: Foyer;
let shop: TestSource;
let service: TestSource;
let finance: TestSource;

beforeAll(async () => {
  foyer = await openFoyer();
  const retailer = new Retailer(foyer.database);
  shop = await retailer.source('web', 'web-shop', { department: 'online' });
  service = await retailer.source('workshop', 'service');
  finance = await retailer.source('ledger', 'finance');
});
afterAll(async () => foyer.close());

let count = 0;

/** One event, said by a source at a minute of the day. */
function said(source: TestSource, userId: string, event: string, minute: number, properties: object): Said {
  count += 1;
  const timestamp = new Date(Date.UTC(2026, 2, 1, 9, minute)).toISOString();
  return {
    key: source.server,
    message: { type: 'track', event, userId, timestamp, properties, messageId: `m${count}` },
  };
}

interface Said {
  readonly key: string;
  readonly message: object;
}

async function send({ key, message }: Said, headers: Record<string, string> = {}): Promise<void> {
  const response = await fetch(`${foyer.url}/v1/batch`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`, ...headers },
    body: JSON.stringify({ batch: [message] }),
  });
  expect(response.status).toBe(200);
}

/** Sends one after the other, each understood before the next is sent. */
async function tell(...events: Said[]): Promise<void> {
  for (const each of events) {
    await send(each);
    await understood();
  }
}

/** Everything that was kept has been made rows of: nothing waits in the outbox, then nothing in the queue. */
async function understood(patience?: number): Promise<void> {
  await eventually(
    'all messages are understood',
    async () => {
      const [row] = await foyer.database.query<{ waiting: number }>('SELECT count(*)::int AS waiting FROM outbox');
      if (row?.waiting !== 0) return false;
      const depth = await foyer.app.get(Queues).depth('intake');
      return Object.values(depth).every((jobs) => jobs === 0);
    },
    patience,
  );
}

/** What a table holds about a person, in every order of telling. */
function rows<Row extends object>(table: string, columns: string, userId: string): Promise<Row[]> {
  return foyer.database.query<Row>(
    `SELECT ${columns} FROM ${table} t JOIN record r ON r.id = t.record_id WHERE r.source_key = $1 ORDER BY 1`,
    [`user:${userId}`],
  );
}

const products = [{ product_id: 'p1', name: 'Estate', price: 39990, durable: true }];

describe('an order', () => {
  const story = (userId: string, order: string): Said[] => [
    said(shop, userId, 'Order Completed', 1, { order_id: order, total: 39990, currency: 'EUR', products }),
    said(shop, userId, 'Order Updated', 5, { order_id: order, total: 40990.5, currency: 'EUR', products }),
    said(shop, userId, 'Order Cancelled', 9, { order_id: order }),
  ];
  const orders: [string, number[]][] = [
    ['as it happened', [0, 1, 2]],
    ['backwards', [2, 1, 0]],
    ['mixed', [1, 2, 0]],
    ['twice', [0, 1, 2, 2, 1, 0]],
  ];

  it.each(orders)('ends the same, heard %s', async (name, order) => {
    const userId = `order-${name.replaceAll(' ', '-')}`;
    const events = story(userId, `number-${name}`);
    await tell(...order.map((index) => events[index] as Said));
    const columns = 't.state, t.total_minor::int AS total, t.currency, t.label, t.ordered_at AS at, t.channel';
    expect(await rows('purchase', columns, userId)).toEqual([
      {
        state: 'CANCELLED',
        total: 4_099_050,
        currency: 'EUR',
        label: 'Estate',
        at: new Date('2026-03-01T09:01:00Z'),
        channel: 'web',
      },
    ]);
    const owned = await rows<{ since: Date; until: Date | null }>('owned_product', 't.since, t.until', userId);
    expect(owned).toHaveLength(1);
    expect(owned[0]?.until).toEqual(owned[0]?.since);
  });

  it('that a page claims cannot take the place of the shop’s own', async () => {
    const [completed] = story('order-own', 'O-own');
    await tell(completed as Said);
    const claim = {
      type: 'track',
      event: 'Order Completed',
      anonymousId: 'mallory-browser',
      userId: 'order-own',
      timestamp: '2026-01-01T09:00:00Z',
      properties: { order_id: 'O-own', total: 1, currency: 'EUR' },
    };
    const cancelled = { ...claim, event: 'Order Cancelled' };
    for (const message of [claim, cancelled])
      await send({ key: shop.browser, message }, { origin: 'https://shop.example' });
    await understood();
    expect(await rows('purchase', 't.state, t.total_minor::int AS total, t.ordered_at AS at', 'order-own')).toEqual([
      { state: 'COMPLETED', total: 3_999_000, at: new Date('2026-03-01T09:01:00Z') },
    ]);
  });
});

describe('a matter between her and a department', () => {
  const open = (table: string, userId: string): Promise<{ reference: string; open: boolean; complaint: boolean }[]> =>
    rows(table, 't.reference, t.closed_at IS NULL AS open, t.complaint, t.department', userId);

  it('is open until it is closed, in whatever order that is heard', async () => {
    const opened = said(service, 'ida', 'Service Case Opened', 1, { case_id: '7', summary: 'Brakes' });
    const closed = said(service, 'ida', 'Service Case Closed', 2, { case_id: '7' });
    const reopened = said(service, 'ida', 'Service Case Opened', 3, { case_id: '7', summary: 'Brakes again' });
    await tell(closed, opened);
    expect(await open('open_matter', 'ida')).toMatchObject([
      { reference: 'case:7', open: false, department: 'service' },
    ]);
    await tell(reopened);
    expect(await open('open_matter', 'ida')).toMatchObject([{ open: true }]);
  });

  it('is an invoice of finance or a complaint, each its own', async () => {
    await tell(
      said(finance, 'jana', 'Invoice Overdue', 1, { invoice_id: '7' }),
      said(finance, 'jana', 'Complaint Opened', 2, { case_id: '7' }),
      said(finance, 'jana', 'Invoice Paid', 3, { invoice_id: '7' }),
    );
    expect(await open('open_matter', 'jana')).toMatchObject([
      { reference: 'complaint:7', open: true, complaint: true, department: 'finance' },
      { reference: 'invoice:7', open: false, complaint: false },
    ]);
  });
});

describe('what she has and allows', () => {
  it('is what was registered last, under its own number', async () => {
    await tell(
      said(service, 'kaya', 'Product Registered', 2, {
        vin: 'VIN-1',
        name: 'City EV',
        variant: 'red',
        since: '2024-05-01',
      }),
      said(service, 'kaya', 'Product Registered', 1, { vin: 'VIN-1', name: 'Old name' }),
    );
    expect(await rows('owned_product', 't.reference, t.label, t.detail, t.until', 'kaya')).toEqual([
      { reference: 'VIN-1', label: 'City EV', detail: 'red', until: null },
    ]);
    await tell(said(service, 'kaya', 'Product Sold On', 8, { vin: 'VIN-1', name: 'City EV' }));
    const [gone] = await rows<{ until: Date }>('owned_product', 't.until', 'kaya');
    expect(gone?.until).toEqual(new Date('2026-03-01T09:08:00Z'));
  });

  it('is the newest word on each purpose and channel', async () => {
    await tell(
      said(shop, 'lena', 'Consent Updated', 5, { purpose: 'marketing', channel: 'email', granted: false }),
      said(shop, 'lena', 'Consent Updated', 4, { purpose: 'marketing', channel: 'email', granted: true }),
      said(shop, 'lena', 'Consent Updated', 6, { purpose: 'marketing', channel: 'phone', granted: true }),
    );
    expect(await rows('consent', 't.channel, t.purpose, t.granted', 'lena')).toEqual([
      { channel: 'email', purpose: 'marketing', granted: false },
      { channel: 'phone', purpose: 'marketing', granted: true },
    ]);
  });
});

describe('her timeline', () => {
  it('holds what departments did with her, by channel, once however often it is told', async () => {
    const contact = said(service, 'mia', 'Contact Made', 1, {
      channel: 'Phone',
      topic: 'Winter tyres',
      direction: 'out',
    });
    await tell(
      contact,
      contact,
      said(shop, 'mia', 'Appointment Booked', 2, { at: '2026-03-11T09:00:00Z', model: 'estate' }),
    );
    const columns = 't.occurred_at, t.kind, t.channel, t.department, t.params';
    expect(await rows('activity', columns, 'mia')).toMatchObject([
      { kind: 'contact', channel: 'phone', department: 'service', params: { topic: 'Winter tyres', direction: 'out' } },
      { kind: 'appointment.booked', channel: 'web', params: { at: '2026-03-11T09:00:00Z', model: 'estate' } },
    ]);
  });
});

const oddEvents = [
  ...[
    'Order Completed',
    'Order Refunded',
    'Order Cancelled',
    'Product Viewed',
    'Product Registered',
    'Product Sold On',
  ],
  ...[
    'Configuration Started',
    'Option Selected',
    'Option Removed',
    'Configuration Saved',
    'Configuration Quote Requested',
  ],
  ...['Appointment Booked', 'Service Case Opened', 'Service Case Closed', 'Invoice Overdue', 'Contact Made'],
  ...['Consent Updated', 'Segment Consent Preference Updated', 'Moon Landed'],
];

const oddProperties = [
  ...['order_id', 'total', 'currency', 'products', 'price', 'quantity', 'configuration_id', 'model', 'model_label'],
  ...[
    'option_code',
    'option_group',
    'option_label',
    'case_id',
    'invoice_id',
    'vin',
    'name',
    'since',
    'until',
    'detail',
  ],
  ...[
    'purpose',
    'channel',
    'granted',
    'consents',
    'preferences',
    'at',
    'session_id',
    'sku',
    'product_id',
    'url',
    'step',
  ],
  ...['image_url', 'variant', 'department', 'topic', 'direction', 'summary'],
];

const oddTraits = [
  ...['email', 'phone', 'name', 'firstName', 'lastName', 'birthday', 'address', 'loyaltyId', 'language'],
  ...['customerNumber', 'gender', 'nationalId'],
];

/** Values that break what is not careful: no text PostgreSQL can hold, no number, no time, too long, too deep. */
const odd = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.jsonValue(),
  fc.double(),
  fc.constantFrom('\0', '\ud800', '1e999', 1e308, -210_866_803_200.001, '0001-01-01', '+275000-01-01T00:00:00Z'),
  fc.constantFrom('EUR', 'XXX', '9'.repeat(400), null, true, 'a'.repeat(3000)),
);

const oddOr = (usual: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 3, arbitrary: usual }, { weight: 1, arbitrary: odd });

const someTraits = fc.dictionary(fc.constantFrom(...oddTraits), odd);

const oddMessage = fc.record(
  {
    type: oddOr(fc.constantFrom('track', 'identify', 'page', 'alias', 'group', 'screen')),
    event: oddOr(fc.constantFrom(...oddEvents)),
    userId: oddOr(fc.constantFrom('u1', 'u2', 'u3')),
    anonymousId: oddOr(fc.constantFrom('a1', 'a2')),
    previousId: odd,
    messageId: oddOr(fc.uuid()),
    timestamp: oddOr(fc.constant('2026-03-01T00:00:00Z')),
    properties: oddOr(fc.dictionary(fc.constantFrom(...oddProperties), odd)),
    traits: oddOr(someTraits),
    context: oddOr(fc.record({ traits: someTraits, consent: odd, page: odd, userHash: odd }, { requiredKeys: [] })),
  },
  { requiredKeys: [] },
);

describe('messages that nobody should send', () => {
  it('are kept or put aside with a reason, and all that are kept can be understood', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(oddMessage, { maxLength: 12 }), fc.boolean(), odd, async (batch, server, sentAt) => {
        const key = server ? shop.server : shop.browser;
        const response = await fetch(`${foyer.url}/v1/batch`, {
          method: 'POST',
          headers: { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`, ...pageOf(key) },
          body: JSON.stringify({ batch, sentAt }),
        });
        expect(response.status).toBe(200);
        const { accepted, duplicates, quarantined = [] } = (await response.json()) as Outcome;
        expect(accepted + duplicates + quarantined.length).toBe(batch.length);
      }),
      { numRuns: runs(2000) },
    );
    await understood(200_000);
    const broken = await foyer.database.query(
      `SELECT reason, detail, body FROM quarantine WHERE reason IN ('unresolvable', 'unstorable')`,
    );
    expect(broken).toEqual([]);
    expect(await foyer.database.query('SELECT name, error FROM dead_letter')).toEqual([]);
  }, 400_000);
});

interface Outcome {
  readonly accepted: number;
  readonly duplicates: number;
  readonly quarantined?: unknown[];
}
