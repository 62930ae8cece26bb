import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { auditColumns, auditRow, insertAudit } from '../src/access/audit-entry.js';
import { Audit } from '../src/access/audit.js';
import { issueToken } from '../src/access/enrolment/access-tokens.js';
import { after, days, hours } from '../src/shared/clock.js';
import { newId } from '../src/shared/ids.js';
import { eventually, noon, openFoyer, type Foyer } from './support/foyer.js';
import { Retailer, type TestSource, type TestStaff, type TestStore } from './support/retailer.js';

let foyer: Foyer;
let retailer: Retailer;
let berlin: TestStore;
let ulm: TestStore;
let kim: TestStaff;
let shop: TestSource;

beforeAll(async () => {
  foyer = await openFoyer({ logLevel: 'silent' });
  retailer = new Retailer(foyer.database);
  berlin = await retailer.store('berlin');
  ulm = await retailer.store('ulm');
  kim = await retailer.staff('Kim', 'STORE_MANAGER', [berlin, ulm]);
  shop = await retailer.source('shop', 'web-shop');
});

afterAll(async () => foyer?.close());

const viewer = '{ viewer { associate { displayName } store { code timeZone } roles locale } }';

describe('Who asks', () => {
  it('is an associate of its store, if it is a bare tablet', async () => {
    const { data } = await foyer.ask<{ viewer: unknown }>(viewer, {}, berlin.tablet);
    const store = { code: 'berlin', timeZone: 'Europe/Berlin' };
    expect(data.viewer).toEqual({ associate: null, store, roles: ['ASSOCIATE'], locale: 'en' });
  });

  it('is a member of staff with her role, in the language she reads', async () => {
    await foyer.database.query(`UPDATE staff SET language = 'de' WHERE id = $1`, [kim.id]);
    const { data } = await foyer.ask<{ viewer: unknown }>(viewer, {}, kim.token, { 'accept-language': 'fr' });
    expect(data.viewer).toEqual({
      associate: { displayName: 'Kim' },
      store: null,
      roles: ['STORE_MANAGER'],
      locale: 'de',
    });
  });

  it('is spoken to in the language of the page she looks at', async () => {
    const { data } = await foyer.ask<{ viewer: { locale: string } }>(viewer, {}, kim.token, {
      'accept-language': 'en-GB',
    });
    expect(data.viewer.locale).toBe('en');
  });

  it('reads in the language a tablet asks for', async () => {
    const { data } = await foyer.ask<{ viewer: { locale: string } }>(viewer, {}, berlin.tablet, {
      'accept-language': 'en;q=0.4, de-CH;q=0.9',
    });
    expect(data.viewer.locale).toBe('de');
  });

  it.each([
    ['nobody', () => undefined],
    ['an unknown token', () => `foyer_tablet_${'x'.repeat(43)}`],
    ['something that is no token', () => 'hello'],
  ])('is asked to sign in, if it is %s', async (_, token) => {
    const { data, errors } = await foyer.ask(viewer, {}, token());
    expect(data).toBeNull();
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('is told that a source may not do what staff may', async () => {
    const { errors } = await foyer.ask(viewer, {}, shop.server);
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('is turned away from the next request on, once its tablet is revoked', async () => {
    const { id } = await retailer.store('rome');
    const { tablet: token } = await retailer.tablet(id);
    expect((await foyer.ask(viewer, {}, token)).errors).toBeUndefined();
    await foyer.database.query('UPDATE tablet SET revoked_at = $2 WHERE store_id = $1', [id, noon]);
    expect((await foyer.ask(viewer, {}, token)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('is turned away once its token has expired', async () => {
    foyer.clock.advance(days(366));
    const { errors } = await foyer.ask(viewer, {}, berlin.tablet);
    foyer.clock.set(noon);
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});

describe('A browser key', () => {
  const typename = '{ __typename }';

  it('works from a page of its origins', async () => {
    const { errors } = await foyer.ask(typename, {}, shop.browser, { origin: 'https://shop.example' });
    expect(errors).toBeUndefined();
  });

  it('does not work from what is no page', async () => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${shop.browser}` };
    const body = JSON.stringify({ query: typename });
    expect((await fetch(`${foyer.url}/graphql`, { method: 'POST', headers, body })).status).toBe(403);
    const basic = { ...headers, authorization: `Basic ${Buffer.from(`${shop.browser}:`).toString('base64')}` };
    const event = JSON.stringify({ type: 'page', anonymousId: 'a' });
    const post = (more: object): RequestInit => ({ method: 'POST', headers: { ...basic, ...more }, body: event });
    expect((await fetch(`${foyer.url}/v1/page`, post({}))).status).toBe(403);
    expect((await fetch(`${foyer.url}/v1/page`, post({ origin: 'https://foyer.example' }))).status).toBe(200);
    expect((await fetch(`${foyer.url}/v1/projects/${shop.browser}/settings`)).status).toBe(200);
  });

  it('does not work from a page of another origin', async () => {
    const { errors } = await foyer.ask(typename, {}, shop.browser, { origin: 'https://evil.example' });
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

const thirtyOneAliases = Array.from({ length: 31 }, (_, n) => `a${n}: __typename`).join(' ');

const options = '{ group code label price { amountMinor currency } }';
/** Within every other bound, and dear: lists within lists, again and again. */
const dear = `context { ${Array.from(
  { length: 29 },
  (_, n) => `a${n}: configurations {
    options ${options} abandoned ${options} changeSinceLastVisit { added ${options} removed ${options} } }`,
).join(' ')} }`;

function subscribe(selection: string, storeId?: string): object {
  const query = `subscription ($storeId: ID!) { arrivals(storeId: $storeId) ${selection} }`;
  return { type: 'subscribe', id: '1', payload: { query, variables: { storeId } } };
}

describe('A page of a shop', () => {
  const origin = 'https://shop.example';

  it('may ask whether it may ask', async () => {
    const response = await fetch(`${foyer.url}/graphql`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-headers')).toMatch(/authorization.*content-type/);
  });

  it.each([
    ['its key', origin, 200],
    ['a key that is not its own', 'https://elsewhere.example', 403],
  ])('may read the answer with %s, and never with a cookie', async (_, page, status) => {
    const response = await fetch(`${foyer.url}/graphql`, {
      method: 'POST',
      headers: { origin: page, authorization: `Bearer ${shop.browser}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
    expect(response.status).toBe(status);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
  });
});

describe('A socket', () => {
  const open = async (token?: string): Promise<WebSocket> => {
    const socket = new WebSocket(`${foyer.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    await once(socket, 'open');
    const authorization = token && `Bearer ${token}`;
    socket.send(JSON.stringify({ type: 'connection_init', payload: authorization ? { authorization } : {} }));
    return socket;
  };
  const next = async (socket: WebSocket): Promise<Record<string, unknown>> => {
    for (;;) {
      const [data] = (await once(socket, 'message')) as [Buffer];
      const frame = JSON.parse(data.toString('utf8')) as Record<string, unknown>;
      if (frame['type'] !== 'ping') return frame;
    }
  };
  const closing = async (socket: WebSocket): Promise<number> => {
    const [code] = (await once(socket, 'close')) as [number];
    return code;
  };

  it('is let in with a token', async () => {
    const socket = await open(berlin.tablet);
    expect(await next(socket)).toMatchObject({ type: 'connection_ack' });
    socket.close();
  });

  it('is closed without one', async () => {
    expect(await closing(await open())).toBe(4403);
  });

  it('is closed within five seconds after its token is revoked, and only then', async () => {
    const { tablet: token, tabletId } = await retailer.tablet(berlin.id);
    const doomed = await open(token);
    await next(doomed);
    const other = await open(berlin.tablet);
    await next(other);
    const before = performance.now();
    await foyer.database.query('UPDATE access_token SET revoked_at = $2 WHERE tablet_id = $1', [tabletId, noon]);
    expect(await closing(doomed)).toBe(4401);
    expect(performance.now() - before).toBeLessThan(5000);
    expect(other.readyState).toBe(WebSocket.OPEN);
    other.close();
  });

  it('is closed within five seconds after its token has expired', async () => {
    const expires = after(noon, hours(1));
    const { token } = await issueToken(foyer.database, { staff: 'kim', tablet: berlin.tabletId }, expires, noon);
    const socket = await open(token);
    await next(socket);
    const before = performance.now();
    foyer.clock.set(after(expires, 1));
    expect(await closing(socket)).toBe(4401);
    expect(performance.now() - before).toBeLessThan(5000);
    foyer.clock.set(noon);
  });

  it('is closed when it sends a frame of more than 64 KB, and nobody else is', async () => {
    const socket = await open(berlin.tablet);
    await next(socket);
    const other = await open(berlin.tablet);
    await next(other);
    socket.send(JSON.stringify(subscribe(`{ cursor ${'#'.repeat(64 * 1024)} }`)));
    expect(await closing(socket)).toBe(1009);
    expect(other.readyState).toBe(WebSocket.OPEN);
    other.close();
  });

  it('is closed when staff lose a store', async () => {
    const mo = await retailer.staff('Mo', 'ASSOCIATE', [berlin, ulm]);
    const socket = await open(mo.token);
    await next(socket);
    await foyer.database.query('DELETE FROM staff_store WHERE staff_id = $1 AND store_id = $2', [mo.id, ulm.id]);
    expect(await closing(socket)).toBe(4401);
  });

  it.each([
    ['something before its introduction is answered', [{ type: 'connection_init' }, subscribe('{ cursor }')], 4401],
    ['a subscription without an introduction', [subscribe('{ cursor }')], 4401],
    ['no object', [5], 4400],
    ['an answer', [{ type: 'connection_ack' }], 4400],
    ['news', [{ type: 'next', id: '1', payload: {} }], 4400],
    ['nothing that is known', [{ type: 'start', id: '1' }], 4400],
    ['a subscription of nothing', [{ type: 'subscribe', id: '1' }], 4400],
    ['a syntax tree', [{ type: 'subscribe', id: '1', payload: { query: { kind: 'Document' } } }], 4400],
    ['a list of variables', [{ type: 'subscribe', id: '1', payload: { query: '{ a }', variables: ['b'] } }], 4400],
  ])('is closed when it sends %s', async (_, frames, code) => {
    const socket = new WebSocket(`${foyer.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    await once(socket, 'open');
    for (const frame of frames) socket.send(JSON.stringify(frame));
    expect(await closing(socket)).toBe(code);
  });

  it('that speaks another protocol is closed', async () => {
    expect(await closing(new WebSocket(`${foyer.url.replace('http', 'ws')}/graphql`))).toBe(4406);
  });

  it('follows twenty subscriptions, each under an id of its own', async () => {
    const socket = await open(berlin.tablet);
    await next(socket);
    const follow = (id: string): void => socket.send(JSON.stringify({ ...subscribe('{ cursor }', berlin.id), id }));
    for (let n = 1; n <= 20; n += 1) follow(`${n}`);
    follow('more');
    expect(await next(socket)).toMatchObject({
      id: 'more',
      type: 'error',
      payload: [{ extensions: { code: 'TOO_COMPLEX' } }],
    });
    socket.send(JSON.stringify({ type: 'complete', id: '1' }));
    follow('1');
    follow('2');
    expect(await closing(socket)).toBe(4409);
  });

  it('introduces itself once', async () => {
    const socket = await open(berlin.tablet);
    await next(socket);
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${kim.token}` } }));
    expect(await closing(socket)).toBe(4429);
  });

  it.each([
    ['no document', { type: 'subscribe', id: '1', payload: { query: '' } }, 'BAD_USER_INPUT'],
    ['a query', { type: 'subscribe', id: '1', payload: { query: '{ __typename }' } }, 'BAD_USER_INPUT'],
    ['no operation', { type: 'subscribe', id: '1', payload: { query: 'fragment f on Query { a }' } }, 'BAD_USER_INPUT'],
    ['no GraphQL', { type: 'subscribe', id: '1', payload: { query: 'subscription {' } }, 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', subscribe('{ nothing }'), 'GRAPHQL_VALIDATION_FAILED'],
    ['too many aliases', subscribe(`{ ${thirtyOneAliases} }`), 'TOO_COMPLEX'],
    ['too many directives', subscribe(`{ cursor ${'@skip(if: false) '.repeat(31)} }`), 'TOO_COMPLEX'],
    ['too many words', subscribe(`{ ${'cursor '.repeat(2001)} }`), 'GRAPHQL_PARSE_FAILED'],
    ['too much depth', subscribe(`{ visit ${'{ companions '.repeat(11)} { id } ${'}'.repeat(11)} }`), 'TOO_COMPLEX'],
    ['too much to read', subscribe(`{ visit { ${dear} } }`), 'TOO_COMPLEX'],
    ['the schema', subscribe('{ cursor } __schema { types { name } }'), 'GRAPHQL_VALIDATION_FAILED'],
    ['another store', subscribe('{ cursor }', '01a200a0-0000-7000-8000-000000000000'), 'FORBIDDEN'],
    [
      'a deep document',
      { type: 'subscribe', id: '1', payload: { query: `subscription ${'{a'.repeat(30_000)}` } },
      'GRAPHQL_PARSE_FAILED',
    ],
  ])('is told what is wrong with %s', async (_, frame, code) => {
    const socket = await open(berlin.tablet);
    await next(socket);
    socket.send(JSON.stringify(frame));
    expect(await next(socket)).toMatchObject({ type: 'error', id: '1', payload: [{ extensions: { code } }] });
    socket.close();
  });
});

describe('A document', () => {
  const refusedAs = async (query: string): Promise<string | undefined> =>
    (await foyer.ask(query, {}, berlin.tablet)).errors?.[0]?.extensions.code;

  it.each([
    ['aliases', `{ ${thirtyOneAliases} }`, 'TOO_COMPLEX'],
    [
      'aliases hidden in fragments',
      `fragment a on Query { ${Array.from({ length: 10 }, (_, n) => `a${n}: __typename`).join(' ')} }
       fragment b on Query { ...a ...a ...a ...a } { ...b }`,
      'TOO_COMPLEX',
    ],
    ['directives', `{ __typename ${'@skip(if: false) '.repeat(31)} }`, 'TOO_COMPLEX'],
    ['depth', `{ viewer ${'{ store '.repeat(11)} { id } ${'}'.repeat(11)} }`, 'TOO_COMPLEX'],
    ['cost', `{ board(storeId: "${newId()}") { present { ${dear} } } }`, 'TOO_COMPLEX'],
    ['words', `{ ${'__typename '.repeat(2001)} }`, 'GRAPHQL_PARSE_FAILED'],
    ['a syntax tree in JSON', '{"kind":"Document","definitions":[]}', 'GRAPHQL_PARSE_FAILED'],
  ])('is refused for too many or too much: %s', async (_, query, code) => {
    expect(await refusedAs(query)).toBe(code);
  });

  it('that fails through our fault gets a code and a fault id, and nothing of what went wrong', async () => {
    await foyer.database.query('ALTER TABLE store_feed RENAME TO store_feed_away');
    const answer = await foyer.ask(`{ board(storeId: "${berlin.id}") { cursor } }`, {}, berlin.tablet);
    await foyer.database.query('ALTER TABLE store_feed_away RENAME TO store_feed');
    expect(answer.errors?.[0]?.extensions).toEqual({
      code: 'INTERNAL',
      faultId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(JSON.stringify(answer)).not.toMatch(/store_feed|relation|SELECT|at .*\.(ts|js)/);
  });

  it('is refused in a batch', async () => {
    const response = await fetch(`${foyer.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ query: '{ __typename }' }, { query: '{ __typename }' }]),
    });
    expect(response.status).toBe(400);
  });

  it('is refused above the size of a body', async () => {
    const response = await fetch(`${foyer.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: `{ __typename } #${'x'.repeat(600_000)}` }),
    });
    expect(response.status).toBe(413);
  });

  it('gets no hint at fields it does not know', async () => {
    const { errors } = await foyer.ask('{ viewr { roles } }', {}, berlin.tablet);
    expect(errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(JSON.stringify(errors)).not.toMatch(/viewer|Did you mean/);
  });
});

describe('In production', () => {
  let inProduction: Foyer;

  beforeAll(async () => {
    inProduction = await openFoyer({ logLevel: 'silent', environment: 'production' }, { web: true, worker: false });
  });

  afterAll(async () => inProduction?.close());

  it.each(['{ __schema { types { name } } }', '{ __type(name: "Query") { name } }'])(
    'the schema is not told: %s',
    async (query) => {
      const { data, errors } = await inProduction.ask(query);
      expect(data).toBeNull();
      expect(errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    },
  );

  describe('a tablet', () => {
    const anything = 'query ($id: ID!) { board(storeId: $id) { cursor } }';
    const documents = Object.values(
      JSON.parse(readFileSync('web/persisted-documents.json', 'utf8')) as Record<string, string>,
    );
    const documentOf = (operation: string): string =>
      documents.find((document) => document.includes(`${operation}(`)) ?? '';
    const hashOf = (document: string): string => createHash('sha256').update(document).digest('hex');
    let store: TestStore;
    let jonas: TestStaff;

    beforeAll(async () => {
      const retailer = new Retailer(inProduction.database);
      store = await retailer.store('north');
      jonas = await retailer.staff('Jonas', 'ASSOCIATE', [store]);
    });

    it('runs no other documents than those of its app, by their text or by their hash', async () => {
      const refused = await inProduction.ask(anything, { id: store.id }, store.tablet);
      expect(refused.errors?.[0]?.extensions.code).toBe('DOCUMENT_NOT_KNOWN');
      const { data } = await inProduction.ask(documentOf('query Board'), { storeId: store.id }, store.tablet);
      expect(data).toMatchObject({ board: { present: [] } });
      const byHash = async (documentId: string): Promise<unknown> => {
        const answer = await fetch(`${inProduction.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${store.tablet}` },
          body: JSON.stringify({ documentId, variables: { storeId: store.id } }),
        });
        return answer.json();
      };
      expect(await byHash(hashOf(documentOf('query Board')))).toMatchObject({ data: { board: { present: [] } } });
      const unknown = { message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } };
      expect(await byHash('0'.repeat(64))).toMatchObject({ errors: [unknown] });
    });

    it('keeps to them with a shift too, while staff elsewhere ask what they may', async () => {
      const now = inProduction.clock.now();
      const bearer = { staff: 'jonas', tablet: store.tabletId };
      const { token } = await issueToken(inProduction.database, bearer, after(now, hours(8)), now);
      const onShift = await inProduction.ask(anything, { id: store.id }, token);
      expect(onShift.errors?.[0]?.extensions.code).toBe('DOCUMENT_NOT_KNOWN');
      const elsewhere = await inProduction.ask(anything, { id: store.id }, jonas.token);
      expect(elsewhere.data).toEqual({ board: { cursor: expect.any(String) } });
    });

    it('follows arrivals by the hash of its app’s document, and nothing else over a socket', async () => {
      const follow = async (payload: object): Promise<unknown> => {
        const client = createClient({
          url: `${inProduction.url.replace('http', 'ws')}/graphql`,
          webSocketImpl: WebSocket,
          connectionParams: { authorization: `Bearer ${store.tablet}` },
          retryAttempts: 0,
        });
        try {
          for await (const answer of client.iterate({ variables: { storeId: store.id }, query: '', ...payload }))
            return answer;
        } catch (error) {
          return error;
        } finally {
          await client.dispose();
        }
        return undefined;
      };
      const arrivals = documentOf('subscription Arrivals');
      const known = follow({ extensions: { persistedQuery: { version: 1, sha256Hash: hashOf(arrivals) } } });
      const heard = eventually('the arrival is told', async () => {
        const input = { storeId: store.id, idempotencyKey: newId(), calledName: 'Grey coat' };
        await inProduction.ask(documentOf('mutation CheckIn'), { input }, store.tablet);
        return Promise.race([known, new Promise((resolve) => setImmediate(resolve, undefined))]);
      });
      expect(await heard).toMatchObject({ data: { arrivals: { kind: 'ARRIVED' } } });
      const other = await follow({ query: 'subscription ($storeId: ID!) { arrivals(storeId: $storeId) { cursor } }' });
      expect(JSON.stringify(other)).toContain('DOCUMENT_NOT_KNOWN');
      expect(JSON.stringify(await follow({ documentId: 'unknown' }))).toContain('PERSISTED_QUERY_NOT_FOUND');
    });
  });
});

describe('The audit trail', () => {
  const actor = { kind: 'PUBLIC', id: '00000000-0000-0000-0000-000000000000' } as const;
  const entriesOf = (action: string) =>
    foyer.database.query<{ fields: string[]; detail: object }>('SELECT fields, detail FROM audit WHERE action = $1', [
      action,
    ]);

  it('holds every reading soon after it was made', async () => {
    const audit = foyer.app.get(Audit);
    for (let n = 0; n < 1200; n += 1) audit.read({ action: 'test.read', actor, fields: ['a', 'b"c'], detail: { n } });
    await eventually('1,200 readings', async () => (await entriesOf('test.read')).length === 1200);
    expect((await entriesOf('test.read'))[0]?.fields).toEqual(['a', 'b"c']);
  });

  it('is written again when nobody heard that it was written, and stands once', async () => {
    const rows = auditColumns([auditRow({ action: 'test.twice', actor }, noon)]);
    for (let time = 0; time < 2; time += 1) await foyer.database.query(insertAudit, rows);
    expect(await entriesOf('test.twice')).toHaveLength(1);
  });

  it('does not let one malformed entry hold back the others', async () => {
    const audit = foyer.app.get(Audit);
    audit.read({ action: 'test.malformed', actor, storeId: 'no uuid' });
    audit.read({ action: 'test.fine', actor });
    await audit.flush();
    expect(await entriesOf('test.fine')).toHaveLength(1);
  });
});
