import fc from 'fast-check';
import { Queues } from '../src/platform/queue/queues.js';
import { eventually, openFoyer, pageOf, type Foyer } from './support/foyer.js';
import { Retailer, type TestSource } from './support/retailer.js';
import { runs } from './support/runs.js';

let foyer: Foyer;
let shop: TestSource;

beforeAll(async () => {
  foyer = await openFoyer();
  shop = await new Retailer(foyer.database).source('web', 'web-shop');
});
afterAll(async () => foyer.close());

const events = [
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

const properties = [
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

const traits = [
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

const someTraits = fc.dictionary(fc.constantFrom(...traits), odd);

const message = fc.record(
  {
    type: oddOr(fc.constantFrom('track', 'identify', 'page', 'alias', 'group', 'screen')),
    event: oddOr(fc.constantFrom(...events)),
    userId: oddOr(fc.constantFrom('u1', 'u2', 'u3')),
    anonymousId: oddOr(fc.constantFrom('a1', 'a2')),
    previousId: odd,
    messageId: oddOr(fc.uuid()),
    timestamp: oddOr(fc.constant('2026-03-01T00:00:00Z')),
    properties: oddOr(fc.dictionary(fc.constantFrom(...properties), odd)),
    traits: oddOr(someTraits),
    context: oddOr(fc.record({ traits: someTraits, consent: odd, page: odd, userHash: odd }, { requiredKeys: [] })),
  },
  { requiredKeys: [] },
);

describe('messages that nobody should send', () => {
  it('are kept or put aside with a reason, and all that are kept can be understood', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(message, { maxLength: 12 }), fc.boolean(), odd, async (batch, server, sentAt) => {
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
    await eventually('everything is understood', quiet, 200_000);
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

/** Nothing waits in the outbox, then nothing in the queue. */
async function quiet(): Promise<boolean> {
  const [row] = await foyer.database.query<{ waiting: number }>('SELECT count(*)::int AS waiting FROM outbox');
  if (row?.waiting !== 0) return false;
  const depth = await foyer.app.get(Queues).depth('intake');
  return Object.values(depth).every((jobs) => jobs === 0);
}
