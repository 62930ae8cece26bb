import { gzipSync } from 'node:zlib';
import { Analytics } from '@segment/analytics-node';
import RudderAnalytics from '@rudderstack/rudder-sdk-node';
import { openFoyer, type Foyer } from './support/foyer.js';
import { Retailer, type TestSource } from './support/retailer.js';

let foyer: Foyer;
let shop: TestSource;

beforeAll(async () => {
  foyer = await openFoyer();
  shop = await new Retailer(foyer.database).source('web', 'web-shop');
});
afterAll(async () => foyer.close());

interface Row {
  message_id: string;
  kind: string;
  asserted: boolean;
  occurred_at: Date;
  body: string;
}

const basic = (key: string): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
});

const messages = (like: string): Promise<Row[]> =>
  foyer.database.query<Row>(
    `SELECT message_id, kind, asserted, occurred_at, body::text AS body FROM message WHERE body::text LIKE $1 ORDER BY message_id`,
    [`%${like}%`],
  );

async function post(
  path: string,
  body: unknown,
  headers: Record<string, string> = basic(shop.server),
): Promise<Response> {
  const payload = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  return fetch(`${foyer.url}${path}`, { method: 'POST', headers, body: payload as string });
}

describe('the SDKs that shops already use', () => {
  it('deliver from Segment’s server SDK, unchanged', async () => {
    const analytics = new Analytics({ writeKey: shop.server, host: foyer.url, maxRetries: 0 });
    const failures: unknown[] = [];
    analytics.on('error', (error) => failures.push(error));
    analytics.identify({ userId: 'seg-ada', anonymousId: 'seg-browser', traits: { email: 'ada@example.org' } });
    analytics.track({ userId: 'seg-ada', event: 'Product Viewed', properties: { name: 'Estate' } });
    analytics.page({ anonymousId: 'seg-ada-anonymous', name: 'Home' });
    analytics.screen({ userId: 'seg-ada', name: 'Start' });
    analytics.group({ userId: 'seg-ada', groupId: 'club' });
    analytics.alias({ userId: 'seg-ada', previousId: 'seg-browser' });
    await analytics.closeAndFlush();
    expect(failures).toEqual([]);
    const kept = await messages('seg-ada');
    expect(kept.map((row) => row.kind).sort()).toEqual([
      'alias',
      'group',
      'identify',
      'page',
      'page',
      'product.viewed',
    ]);
    expect(kept.every((row) => row.asserted)).toBe(true);
  });

  it('deliver from Rudder’s server SDK, gzip labelled as a form', async () => {
    const rudder = new RudderAnalytics(shop.server, {
      dataPlaneUrl: foyer.url,
      flushAt: 20,
      retryCount: 0,
      logLevel: 'none',
    });
    const at = new Date('2026-03-10T10:00:00Z');
    rudder.identify({ userId: 'rud-bea', traits: { email: 'bea@example.org' }, originalTimestamp: at } as never);
    rudder.track({ userId: 'rud-bea', event: 'Order Completed', properties: { order_id: 'O1' } });
    rudder.alias({ userId: 'rud-bea', previousId: 'rud-before' });
    await rudder.flush();
    await rudder.flush();
    const kept = await messages('rud-bea');
    expect(kept.map((row) => row.kind).sort()).toEqual(['alias', 'identify', 'order.completed']);
  });
});

describe('a batch', () => {
  it('is kept verbatim: long numbers, repeated keys, spaces', async () => {
    const event =
      '{ "type":"track" ,"event":"Moon Landed","userId":"v1","messageId":"verbatim","n":12345678901234567890,"a":1,"a":2}';
    const response = await post('/v1/batch', `{"batch":[${event}]}`);
    expect(response.status).toBe(200);
    expect((await messages('verbatim'))[0]).toMatchObject({ kind: 'other', body: event });
  });

  it('reads gzip without its label', async () => {
    const response = await post('/v1/batch', gzipSync('{"batch":[{"type":"page","userId":"zip"}]}'));
    expect(response.status).toBe(200);
    expect(await messages('zip')).toHaveLength(1);
  });
});
