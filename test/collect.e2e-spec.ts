import { createHmac } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import RudderAnalytics from '@rudderstack/rudder-sdk-node';
import { Analytics } from '@segment/analytics-node';
import { UserSignatures } from '../src/access/user-signatures.js';
import { runCommand } from '../src/cli/run.js';
import { eventually, noon, openFoyer, type Foyer } from './support/foyer.js';
import { Retailer, type TestSource } from './support/retailer.js';

let foyer: Foyer;
let retailer: Retailer;
let shop: TestSource;

beforeAll(async () => {
  foyer = await openFoyer();
  retailer = new Retailer(foyer.database);
  shop = await retailer.source('web', 'web-shop');
});
afterAll(async () => foyer.close());

interface Row {
  readonly id: string;
  readonly message_id: string;
  readonly kind: string;
  readonly asserted: boolean;
  readonly occurred_at: Date;
  readonly body: string;
}

interface Answer {
  readonly success: boolean;
  readonly accepted?: number;
  readonly duplicates?: number;
  readonly quarantined?: { index: number; reason: string; detail: string }[];
  readonly message?: string;
}

const origin = 'https://shop.example';

const basic = (key: string): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
});

/** Kept messages whose text holds something. */
const kept = (like: string): Promise<Row[]> =>
  foyer.database.query<Row>(
    `SELECT id, message_id, kind, asserted, occurred_at, body::text AS body FROM message
     WHERE strpos(body::text, $1) > 0 ORDER BY message_id`,
    [like],
  );

function post(
  path: string,
  body: unknown,
  headers: Record<string, string> = basic(shop.server),
  url = foyer.url,
): Promise<Response> {
  const payload = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  return fetch(`${url}${path}`, { method: 'POST', headers, body: payload as string });
}

const track = (userId: string, event: string, properties: object = {}, rest: object = {}): object => ({
  type: 'track',
  event,
  userId,
  properties,
  ...rest,
});

const answerOf = async (response: Response | Promise<Response>): Promise<Answer> =>
  (await (await response).json()) as Answer;

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
    const rows = await kept('seg-ada');
    expect(rows.map((row) => row.kind).sort()).toEqual([
      'alias',
      'group',
      'identify',
      'page',
      'page',
      'product.viewed',
    ]);
    expect(rows.every((row) => row.asserted)).toBe(true);
  });

  it('deliver from Rudder’s server SDK, gzip labelled as a form', async () => {
    const rudder = new RudderAnalytics(shop.server, {
      dataPlaneUrl: foyer.url,
      flushAt: 20,
      retryCount: 0,
      logLevel: 'none',
    });
    rudder.identify({ userId: 'rud-bea', traits: { email: 'bea@example.org' } });
    rudder.track({ userId: 'rud-bea', event: 'Order Completed', properties: { order_id: 'O1' } });
    rudder.alias({ userId: 'rud-bea', previousId: 'rud-before' });
    await rudder.flush();
    await rudder.flush();
    const rows = await kept('rud-bea');
    expect(rows.map((row) => row.kind).sort()).toEqual(['alias', 'identify', 'order.completed']);
  });

  it('give up at once when a server SDK’s key is wrong', async () => {
    const analytics = new Analytics({ writeKey: 'nobody', host: foyer.url, maxRetries: 5 });
    const failures: { reason?: unknown }[] = [];
    analytics.on('error', (error) => failures.push(error));
    analytics.track({ userId: 'u', event: 'X' });
    await analytics.closeAndFlush();
    expect(failures.map(({ reason }) => String(reason))).toEqual([expect.stringContaining('401')]);
  });

  it('deliver from Segment’s browser SDK: settings, single calls as plain text, batches, metrics', async () => {
    const settings = await fetch(`${foyer.url}/v1/projects/${shop.browser}/settings`, { headers: { origin } });
    expect(await settings.json()).toEqual({
      integrations: { 'Segment.io': { apiKey: shop.browser, apiHost: 'foyer.example/v1', protocol: 'https' } },
    });
    const headers = { ...basic(shop.browser), 'content-type': 'text/plain', origin, 'x-retry-count': '1' };
    const single = (letter: string, message: object): Promise<Response> =>
      post(
        `/v1/${letter}`,
        { ...message, anonymousId: 'next-1', writeKey: shop.browser, sentAt: noon, _metadata: {} },
        headers,
      );
    const calls = [
      ['i', { type: 'identify', userId: 'next-user', traits: { email: 'a@example.org' } }],
      ['t', { type: 'track', event: 'Configuration Started', properties: { model: 'estate' } }],
      ['p', { type: 'page', name: 'Home', properties: { path: '/' } }],
      ['s', { type: 'screen', name: 'Start' }],
      ['g', { type: 'group', groupId: 'club', traits: { name: 'Club' } }],
      ['a', { type: 'alias', userId: 'next-user', previousId: 'next-1' }],
    ] as const;
    for (const [letter, message] of calls) expect((await single(letter, message)).status).toBe(200);
    const page = { type: 'page', anonymousId: 'next-1', writeKey: shop.browser, messageId: 'ajs-next-1' };
    expect((await post('/v1/b', { writeKey: shop.browser, batch: [page], sentAt: noon }, headers)).status).toBe(200);
    expect((await post('/v1/m', { series: [] }, { 'content-type': 'text/plain', origin })).status).toBe(200);
    const rows = await kept('"next-1"');
    expect(rows).toHaveLength(7);
    expect(rows.some((row) => row.asserted)).toBe(false);
  });

  it('deliver from Rudder’s browser SDK: source configuration, single calls, batch, beacon', async () => {
    const query = `p=cdn&v=3.34.1&build=modern&writeKey=${shop.browser}&lockIntegrationsVersion=true`;
    const configuration = await fetch(`${foyer.url}/sourceConfig/?${query}`, {
      headers: { ...basic(shop.browser), origin },
    });
    expect(await configuration.json()).toMatchObject({
      source: { id: shop.id, writeKey: shop.browser, enabled: true, destinations: [] },
    });
    const message = {
      type: 'track',
      event: 'Option Selected',
      channel: 'web',
      anonymousId: 'rjs-1',
      userId: '',
      context: { traits: {}, sessionId: 1773140400000, library: { name: 'RudderLabs JavaScript SDK' } },
      originalTimestamp: '2026-03-10T10:00:00.000Z',
      sentAt: '2026-03-10T10:00:10.000Z',
    };
    const headers = {
      ...basic(shop.browser),
      'content-type': 'application/json;charset=UTF-8',
      anonymousid: Buffer.from('rjs-1').toString('base64'),
      origin,
    };
    for (const type of ['identify', 'track', 'page', 'group', 'alias', 'screen']) {
      expect((await post(`/v1/${type}`, { ...message, type, messageId: `rjs-${type}` }, headers)).status).toBe(200);
    }
    const batch = { batch: [{ ...message, messageId: 'rjs-batch' }], sentAt: '2026-03-10T10:00:10.000Z' };
    expect((await post('/v1/batch', batch, headers)).status).toBe(200);
    const beacon = { batch: [{ ...message, messageId: 'rjs-beacon' }], sentAt: '2026-03-10T10:00:10.000Z' };
    const beaconAnswer = await post(`/beacon/v1/batch?writeKey=${shop.browser}`, beacon, {
      'content-type': 'text/plain',
      origin,
    });
    expect(beaconAnswer.status).toBe(200);
    const rows = await kept('rjs-1');
    expect(rows).toHaveLength(8);
    expect(new Set(rows.map((row) => row.occurred_at.toISOString()))).toEqual(new Set(['2026-03-10T10:59:50.000Z']));
  });

  it.each([
    '/v1/batch',
    '/v1/b',
    '/v1/t',
    '/v1/i',
    '/v1/p',
    '/v1/m',
    '/v1/track',
    '/v1/identify',
    '/v1/page',
    '/v1/group',
    '/v1/alias',
    '/v1/screen',
    '/beacon/v1/batch',
    '/sourceConfig/',
    '/v1/projects/k/settings',
  ])('are let through by the browser’s question for %s', async (path) => {
    const headers =
      'authorization, content-type, anonymousid, sentat, x-retry-count, rsa-recovered, rsa-retry-attempt, rsa-since-last-attempt, rsa-since-first-attempt, rsa-retry-reason';
    const response = await fetch(`${foyer.url}${path}`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': headers },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe(origin);
    const allowed = response.headers.get('access-control-allow-headers')?.split(', ');
    expect(allowed).toEqual(expect.arrayContaining(headers.split(', ')));
    expect(response.headers.get('access-control-allow-methods')).toContain('POST');
  });
});

describe('who may send', () => {
  const page = { type: 'page', anonymousId: 'who' };

  it('is told by the key: Basic before body before address', async () => {
    expect((await post('/v1/page', { ...page, writeKey: shop.server }, {})).status).toBe(200);
    expect((await post(`/v1/page?writeKey=${shop.server}`, page, {})).status).toBe(200);
    expect((await post('/v1/page', { ...page, writeKey: 'wrong' }, basic(shop.server))).status).toBe(200);
    expect((await post('/v1/page', { ...page, writeKey: shop.server }, basic('wrong'))).status).toBe(401);
    expect((await post('/v1/page', page, {})).status).toBe(401);
  });

  it('is no page of another site, with a browser’s key', async () => {
    const from = (site: string): Promise<Response> => post('/v1/page', page, { ...basic(shop.browser), origin: site });
    const stranger = await from('https://elsewhere.example');
    expect(stranger.status).toBe(403);
    expect(stranger.headers.get('access-control-allow-origin')).toBe('https://elsewhere.example');
    expect((await from(origin)).status).toBe(200);
  });

  it('is nobody any more once the key is revoked', async () => {
    const old = await retailer.source('old', 'web-shop');
    await foyer.database.query('UPDATE source_key SET revoked_at = $2 WHERE source_id = $1', [old.id, noon]);
    expect((await post('/v1/page', page, basic(old.server))).status).toBe(401);
  });

  it('asserts from a page with the signature of its server, for that very user', async () => {
    const secret = foyer.app.get(UserSignatures).secretOf(shop.id);
    const userHash = createHmac('sha256', secret).update('signed-1').digest('hex');
    const send = (userId: string): Promise<Response> =>
      post('/v1/page', { type: 'page', userId, context: { userHash } }, { ...basic(shop.browser), origin });
    await send('signed-1');
    await send('signed-2');
    expect((await kept('"signed-1"'))[0]?.asserted).toBe(true);
    expect((await kept('"signed-2"'))[0]?.asserted).toBe(false);
  });

  it('does not have its secret key kept with the message', async () => {
    await post('/v1/page', { ...page, anonymousId: 'secretive', writeKey: shop.server }, {});
    expect((await kept('secretive'))[0]?.body).not.toContain(shop.server);
  });
});

describe('what cannot be taken', () => {
  it.each([
    ['no JSON', '{', 400],
    ['no object', '[]', 400],
    ['no list', '{"batch":7}', 400],
    ['nothing', '', 400],
    ['no text', new Uint8Array([0x7b, 0xff, 0x7d]), 400],
    ['broken gzip', new Uint8Array([0x1f, 0x8b, 1, 2]), 400],
    ['more than 2,500 messages', `{"batch":[${'1,'.repeat(2500)}1]}`, 400],
    ['more than 500 KB', `{"batch":[${`"${'x'.repeat(1000)}",`.repeat(512)}1]}`, 413],
    ['more than 4 MB', 'x'.repeat(4 * 1024 * 1024 + 1), 413],
  ])('is refused for good: %s', async (_what, body, status) => {
    const response = await post('/v1/batch', body);
    expect(response.status).toBe(status);
    expect((await answerOf(response)).success).toBe(false);
  });

  it('is refused although it is small: 50 MB in a zip of 50 KB', async () => {
    const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024, 0x20));
    expect(bomb.length).toBeLessThan(60_000);
    const labels: Record<string, string>[] = [
      { 'content-encoding': 'gzip' },
      { 'content-type': 'application/x-www-form-urlencoded' },
    ];
    for (const label of labels) {
      expect((await post('/v1/batch', bomb, { ...basic(shop.server), ...label })).status).toBe(413);
    }
  });

  it('is taken from Rudder’s SDKs, up to 4 MB', async () => {
    const large = {
      batch: Array.from({ length: 60 }, (_, n) => track(`large-${n}`, 'X', { text: 'x'.repeat(20_000) })),
    };
    expect((await post('/v1/batch', large)).status).toBe(413);
    const agent = { ...basic(shop.server), 'user-agent': 'analytics-node/3.0.13' };
    expect((await post('/v1/batch', gzipSync(JSON.stringify(large)), agent)).status).toBe(200);
  });

  it('is never answered as if it had been delivered or should be tried for hours', async () => {
    for (const path of ['/v1/batch/', '/v1/import', '/v1/unknown', '/v1//batch', '/sourceConfig//']) {
      const { status } = await fetch(`${foyer.url}${path}`, {
        method: 'POST',
        redirect: 'manual',
        headers: basic(shop.server),
        body: '{}',
      });
      expect([400, 404]).toContain(status);
    }
  });
});

describe('a batch', () => {
  it('is kept verbatim: long numbers, repeated keys, spaces', async () => {
    const event =
      '{ "type":"track" ,"event":"Moon Landed","userId":"v1","messageId":"verbatim","n":12345678901234567890,"a":1,"a":2}';
    expect((await post('/v1/batch', `{"batch":[${event}]}`)).status).toBe(200);
    expect((await kept('verbatim'))[0]).toMatchObject({ kind: 'other', body: event });
  });

  it('is read when it is zipped, whether it says so or not', async () => {
    const zipped = gzipSync('{"batch":[{"type":"page","userId":"zip"}]}');
    expect((await post('/v1/batch', zipped)).status).toBe(200);
    const labelled = gzipSync('{"batch":[{"type":"page","userId":"zap"}]}');
    expect((await post('/v1/batch', labelled, { ...basic(shop.server), 'content-encoding': 'gzip' })).status).toBe(200);
    expect(await kept('"zip"')).toHaveLength(1);
    expect(await kept('"zap"')).toHaveLength(1);
  });

  it('is kept once, however often and in whatever order it comes at the same time', async () => {
    const batch = Array.from({ length: 50 }, (_, n) => track('twin', 'X', {}, { messageId: `twin-${n}` }));
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, n) => answerOf(post('/v1/batch', { batch: n % 2 ? batch : batch.toReversed() }))),
    );
    expect(outcomes.reduce((sum, { accepted = 0 }) => sum + accepted, 0)).toBe(50);
    expect(await kept('twin')).toHaveLength(50);
    const again = await answerOf(post('/v1/batch', { batch: [batch[0], batch[0]] }));
    expect(again).toMatchObject({ success: true, accepted: 0, duplicates: 2 });
  });

  it('is of one source: another may use the same id', async () => {
    const other = await retailer.source('other-shop', 'web-shop');
    for (const key of [shop.server, other.server]) {
      await post('/v1/batch', { batch: [track('same-id', 'X', {}, { messageId: 'same-id' })] }, basic(key));
    }
    expect(await kept('same-id')).toHaveLength(2);
  });

  it('is told from a retry by what it says where it bears no id', async () => {
    const nameless = { batch: [track('nameless', 'X', {}, { timestamp: '2026-03-10T10:00:00Z' })], sentAt: noon };
    await post('/v1/batch', nameless);
    await post('/v1/batch', { ...nameless, sentAt: '2026-03-10T11:00:09Z' });
    expect(await kept('nameless')).toHaveLength(1);
  });

  it('loses its bad messages to quarantine and keeps the good ones', async () => {
    const text = `{"batch":[${[
      track('good-1', 'X'),
      { type: 'track', userId: 'bad-1' },
      { type: 'track', event: 'X' },
      'text',
      track('bad-2', 'X', { text: 'x'.repeat(33_000) }),
      track('bad-3', 'X', {}, { timestamp: 'yesterday' }),
      track('good-2', 'X'),
    ]
      .map((each) => JSON.stringify(each))
      .join(',')}]}`;
    const response = await post('/v1/batch', text);
    expect(response.status).toBe(200);
    const answer = await answerOf(response);
    expect(answer.accepted).toBe(2);
    expect(answer.quarantined?.map(({ index, reason }) => [index, reason])).toEqual([
      [1, 'event-name-missing'],
      [2, 'names-nobody'],
      [3, 'not-an-object'],
      [4, 'too-large'],
      [5, 'time-unreadable'],
    ]);
    // Whose answer was lost on the way sends all of it again.
    expect(await answerOf(post('/v1/batch', text))).toMatchObject({ accepted: 0, duplicates: 2 });
    const rows = await foyer.database.query<{ reason: string }>('SELECT reason FROM quarantine ORDER BY id');
    expect(rows.map((row) => row.reason)).toEqual(answer.quarantined?.map(({ reason }) => reason));
  });

  it('loses only the message that PostgreSQL will not store', async () => {
    await foyer.database.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'no such character' USING ERRCODE = '22P05'; END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON message_default FOR EACH ROW
        WHEN (NEW.message_id = 'unstorable') EXECUTE FUNCTION refuse()`);
    const batch = [
      { type: 'page' },
      track('storable-1', 'X'),
      track('no', 'X', {}, { messageId: 'unstorable' }),
      track('storable-2', 'X'),
    ];
    const answer = await answerOf(post('/v1/batch', { batch }));
    await foyer.database.query('DROP TRIGGER refuse ON message_default; DROP FUNCTION refuse');
    expect(answer.accepted).toBe(2);
    expect(answer.quarantined?.map(({ index, reason }) => [index, reason])).toEqual([
      [0, 'names-nobody'],
      [2, 'unstorable'],
    ]);
    expect(await kept('storable-')).toHaveLength(2);
  });

  it('of one bad message is refused by a single call, and kept in quarantine', async () => {
    const response = await post('/v1/track', { userId: 'single-bad' });
    expect(response.status).toBe(400);
    const [row] = await foyer.database.query<{ body: string }>(
      `SELECT body FROM quarantine WHERE body LIKE '%single-bad%'`,
    );
    expect(row?.body).toBe('{"type":"track","userId":"single-bad"}');
  });
});

describe('what was kept', () => {
  const timeline = (userId: string): Promise<{ kind: string; params: Record<string, unknown> }[]> =>
    foyer.database.query(
      `SELECT a.kind, a.params FROM activity a JOIN record r ON r.id = a.record_id
       WHERE r.source_key = $1 ORDER BY a.occurred_at, a.id`,
      [`user:${userId}`],
    );

  it('becomes her timeline in the order in which it happened, by a corrected clock', async () => {
    const viewed = track('clara', 'Product Viewed', { name: 'Estate' }, { timestamp: '2026-03-10T14:00:00Z' });
    const completed = track('clara', 'Order Completed', { order_id: 'C1' }, { timestamp: '2026-03-10T14:00:30Z' });
    await post('/v1/batch', { batch: [completed], sentAt: '2026-03-10T14:01:00Z' });
    await post('/v1/batch', { batch: [viewed], sentAt: '2026-03-10T14:01:00Z' });
    const rows = await eventually('both are on the timeline', async () => {
      const found = await timeline('clara');
      return found.length === 2 && found;
    });
    expect(rows.map((row) => row.kind)).toEqual(['product.viewed', 'order.completed']);
  });

  it('that nobody understands is on the timeline as other, and counted as a gap', async () => {
    await post('/v1/batch', { batch: [track('dora', 'Drone Landed'), track('dora', 'Drone Landed', { n: 2 })] });
    await eventually('it is there', async () => (await timeline('dora')).length === 2);
    expect((await timeline('dora'))[0]).toEqual({ kind: 'other', params: { name: 'Drone Landed' } });
    const gaps = JSON.parse(await foyerCommand('gaps', '--json')) as { name: string; count: number; source: string }[];
    expect(gaps).toContainEqual(expect.objectContaining({ source: 'web', name: 'Drone Landed', count: 2 }));
  });

  it('and cannot be understood goes to quarantine alone, and can be taken in again', async () => {
    await foyer.database.query(`ALTER TABLE activity ADD CONSTRAINT no_poison CHECK (session <> 'poison')`);
    const poison = track('edda', 'X', { session_id: 'poison' }, { messageId: 'edda-poison' });
    await post('/v1/batch', { batch: [track('edda', 'Signed In'), poison, track('edda', 'Cart Viewed')] });
    await eventually('the others are there', async () => (await timeline('edda')).length === 2);
    const [row] = await kept('edda-poison');
    const entry = await eventually('it is in quarantine', async () => {
      const open = await quarantined();
      return open.find(({ id }) => id === row?.id);
    });
    expect(entry).toMatchObject({ source: 'web', reason: 'unresolvable', body: JSON.stringify(poison) });
    await foyer.database.query('ALTER TABLE activity DROP CONSTRAINT no_poison');
    await foyerCommand('quarantine', 'replay', entry.id);
    await eventually('it is there after all', async () => (await timeline('edda')).length === 3);
    expect((await quarantined()).some(({ id }) => id === entry.id)).toBe(false);
  });
});

describe('who is meant', () => {
  const from = (body: object, key: string): Promise<Response> =>
    post('/v1/batch', { batch: [body] }, { ...basic(key), origin });

  /** Customers of these records, by the names their source gives them. */
  const customersOf = (...keys: string[]): Promise<{ key: string; customer: string }[]> =>
    eventually(`records ${keys.join(', ')}`, async () => {
      const found = await foyer.database.query<{ key: string; customer: string }>(
        `SELECT r.source_key AS key, m.customer_id AS customer FROM record r JOIN membership m ON m.record_id = r.id
         WHERE r.source_id = $1 AND r.source_key = ANY($2) ORDER BY 1`,
        [shop.id, keys],
      );
      return found.length === keys.length && found;
    });

  it('is one customer on the page and in the shop once the shop’s server names both', async () => {
    await from({ type: 'page', anonymousId: 'hanna-browser', name: 'Home' }, shop.browser);
    await from(
      { type: 'identify', userId: 'hanna', anonymousId: 'hanna-browser', traits: { name: 'Hanna' } },
      shop.server,
    );
    const [page, user] = await customersOf('anonymous:hanna-browser', 'user:hanna');
    await eventually('both are one', async () => {
      const [one, other] = await customersOf('anonymous:hanna-browser', 'user:hanna');
      return one?.customer === other?.customer;
    });
    expect([page?.key, user?.key]).toEqual(['anonymous:hanna-browser', 'user:hanna']);
  });

  it('is nobody’s account because a page says so', async () => {
    await from({ type: 'identify', userId: 'irma', traits: { email: 'irma@example.org' } }, shop.server);
    const claim = { userId: 'irma', anonymousId: 'mallory', traits: { email: 'irma@example.org', name: 'Irma' } };
    await from({ type: 'identify', ...claim }, shop.browser);
    await from({ type: 'alias', userId: 'irma', previousId: 'mallory', anonymousId: 'mallory' }, shop.browser);
    const [page, user] = await customersOf('anonymous:mallory', 'user:irma');
    expect(page?.customer).not.toBe(user?.customer);
    const [record] = await foyer.database.query<{ traits: { name?: string } }>(
      `SELECT traits FROM record WHERE source_id = $1 AND source_key = 'user:irma'`,
      [shop.id],
    );
    expect(record?.traits.name).toBeUndefined();
  });
});

describe('the quarantine', () => {
  it('shows a message, takes in its repair as of the time it was received, and lists it no more', async () => {
    const at = '2026-03-10T10:59:00Z';
    await post('/v1/batch', {
      batch: [{ type: 'track', userId: 'frida', timestamp: at, n: 1 }],
      sentAt: '2026-03-10T11:00:00Z',
    });
    const entry = (await quarantined()).find(({ body }) => body.includes('frida'));
    const id = entry?.id ?? '';
    expect(await foyerCommand('quarantine', 'show', id)).toContain('event-name-missing');
    const file = join(foyer.config.directory, 'repaired.json');
    writeFileSync(file, JSON.stringify({ type: 'track', event: 'Cart Viewed', userId: 'frida', timestamp: at }));
    foyer.clock.advance(3_600_000);
    const [outcome] = JSON.parse(await foyerCommand('quarantine', 'replay', id, '--body', file, '--json')) as {
      outcome: string;
    }[];
    foyer.clock.set(noon);
    expect(outcome?.outcome).toBe('kept');
    expect((await kept('frida'))[0]).toMatchObject({ kind: 'cart.viewed', occurred_at: new Date(at) });
    expect((await quarantined()).some((each) => each.id === id)).toBe(false);
  });

  it('goes on after one that meets a fault, and says how many were taken in', async () => {
    const fit = (userId: string): string => JSON.stringify({ type: 'track', event: 'Cart Viewed', userId });
    await post('/v1/batch', { batch: ['hedwig', 'ilse'].map((userId) => ({ type: 'track', userId })) });
    const [hedwig, ilse] = ['hedwig', 'ilse'].map(async (name) => {
      const found = (await quarantined()).find(({ body }) => body.includes(name));
      // Repaired where it lies, so that all of them may be replayed in one go.
      await foyer.database.query('UPDATE quarantine SET body = $2 WHERE id = $1', [found?.id, fit(name)]);
      return found?.id ?? '';
    });
    await foyer.database.query(
      `ALTER TABLE quarantine ADD CONSTRAINT stuck CHECK (id <> '${await hedwig}' OR settled_at IS NULL)`,
    );
    try {
      const said = await foyerCommand('quarantine', 'replay', '--all');
      expect(said).toContain(`${await hedwig}: failed on our side (`);
      expect(said).toContain(`${await ilse}: taken in as message`);
      expect(said).toMatch(/^Taken in: \d+; not taken in: \d+\.$/m);
      expect(await kept('hedwig')).toEqual([]);
    } finally {
      await foyer.database.query('ALTER TABLE quarantine DROP CONSTRAINT stuck');
    }
  });

  it('says what is still wrong', async () => {
    await post('/v1/batch', { batch: [{ type: 'track', userId: 'gerda' }] });
    const id = (await quarantined()).find(({ body }) => body.includes('gerda'))?.id ?? '';
    expect(await foyerCommand('quarantine', 'replay', id)).toContain('event-name-missing');
    expect((await quarantined()).some((each) => each.id === id)).toBe(true);
  });
});

interface Entry {
  readonly id: string;
  readonly source: string;
  readonly reason: string;
  readonly body: string;
}

const quarantined = async (): Promise<Entry[]> =>
  JSON.parse(await foyerCommand('quarantine', 'list', '--json')) as Entry[];

/** Runs one command of the command line on this Foyer and returns what it prints. */
async function foyerCommand(...line: string[]): Promise<string> {
  const printed: string[] = [];
  const output = { out: (text: string) => printed.push(text), err: (text: string) => printed.push(text) };
  const environment = { DATABASE_URL: foyer.database.url, FOYER_DIR: foyer.config.directory, NODE_ENV: 'test' };
  await runCommand(line, { output, environment, clock: foyer.clock });
  return printed.join('\n');
}
