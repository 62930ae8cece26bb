import { once } from 'node:events';
import { gzipSync } from 'node:zlib';
import { Writable } from 'node:stream';
import { serverAudits } from 'graphql-http';
import { WebSocket } from 'ws';
import { openLog } from '../src/platform/http/pino-logger.js';
import { say } from '../src/shared/catalogue/say.js';
import { openFoyer, type Foyer } from './support/foyer.js';
import { Retailer, type TestSource, type TestStore } from './support/retailer.js';
import { Tablet } from './support/tablet.js';

interface Line {
  readonly level: number;
  readonly msg?: string;
  readonly room?: string;
  readonly code?: string;
}

let foyer: Foyer;
let berlin: TestStore;
let shop: TestSource;
const lines: Line[] = [];

beforeAll(async () => {
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(JSON.parse(chunk.toString()) as Line);
      done();
    },
  });
  foyer = await openFoyer({}, { web: true, worker: true }, openLog({ logLevel: 'info', instance: 'test' }, sink));
  const retailer = new Retailer(foyer.database);
  berlin = await retailer.store('berlin');
  shop = await retailer.source('shop', 'web-shop');
});
beforeEach(() => lines.splice(0));
afterAll(() => foyer?.close());

const loud = (): Line[] => lines.filter(({ level }) => level >= 40);

interface Told {
  readonly status: number;
  readonly code: string | undefined;
  readonly message: string | undefined;
  readonly text: string;
}

async function call(path: string, init: RequestInit = {}): Promise<Told> {
  const response = await fetch(`${foyer.url}${path}`, init);
  const text = await response.text();
  const body = JSON.parse(text) as {
    code?: string;
    message?: string;
    errors?: { message: string; extensions: { code: string } }[];
  };
  const [error] = body.errors ?? [];
  const { status } = response;
  return { status, code: error?.extensions.code ?? body.code, message: error?.message ?? body.message, text };
}

const modern = { accept: 'application/graphql-response+json' };
const json = { 'content-type': 'application/json' };
const get = (query: string): string => `/graphql?${new URLSearchParams({ query }).toString()}`;
const takeVisit = 'mutation { takeVisit(visitId: "x") { __typename } }';
const arrivals = 'subscription { arrivals(storeId: "x") { cursor } }';

describe('A question that is put wrongly is answered with a code, and wakes nobody', () => {
  const post = (body: unknown, headers: Record<string, string> = json): RequestInit => ({
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const twoOperations = { query: 'query a { __typename } query b { __typename }' };

  it.each<[string, string, RequestInit, number, string]>([
    ['a mutation by GET', get(takeVisit), {}, 405, 'METHOD_NOT_ALLOWED'],
    ['a subscription by GET', get(arrivals), {}, 405, 'METHOD_NOT_ALLOWED'],
    ['no query by GET', '/graphql', {}, 400, 'BAD_USER_INPUT'],
    ['no query', '/graphql', post({}), 400, 'BAD_USER_INPUT'],
    ['an empty query', '/graphql', post({ query: '' }), 400, 'BAD_USER_INPUT'],
    ['a document nobody knows', '/graphql', post({ documentId: 'a'.repeat(64) }), 400, 'PERSISTED_QUERY_NOT_FOUND'],
    ['several in one', '/graphql', post([twoOperations]), 400, 'BAD_USER_INPUT'],
    ['null', '/graphql', post(null), 400, 'BAD_USER_INPUT'],
    ['no JSON', '/graphql', post('{'), 400, 'BAD_USER_INPUT'],
    ['no body', '/graphql', post('', { 'content-type': 'application/json' }), 400, 'BAD_USER_INPUT'],
    ['a text', '/graphql', post('{ __typename }', { 'content-type': 'application/xml' }), 415, 'BAD_USER_INPUT'],
    ['variables that are no JSON', `${get('{ __typename }')}&variables={`, {}, 400, 'BAD_USER_INPUT'],
    ['a subscription', '/graphql', post({ query: arrivals }), 405, 'METHOD_NOT_ALLOWED'],
    [
      'an operation that is not there',
      '/graphql',
      post({ ...twoOperations, operationName: 'c' }),
      400,
      'BAD_USER_INPUT',
    ],
    ['an operation of several', '/graphql', post(twoOperations), 400, 'BAD_USER_INPUT'],
  ])('%s', async (_, path, init, status, code) => {
    for (const accept of [{}, modern, { accept: 'application/json' }]) {
      lines.splice(0);
      const told = await call(path, { ...init, headers: { ...(init.headers as Record<string, string>), ...accept } });
      // What ran into GraphQL itself is 200 in application/json, as the specification has it.
      expect([status, 200]).toContain(told.status);
      if (accept === modern || status > 400) expect(told.status).toBe(status);
      expect(told).toMatchObject({ code, message: expect.stringMatching(/../) as string });
      expect(told.text).not.toContain('    at ');
      expect(loud()).toEqual([]);
    }
  });

  it('compressed', async () => {
    const body = new Uint8Array(gzipSync(JSON.stringify({ query: '{ __typename }' })));
    const told = await call('/graphql', { method: 'POST', headers: { ...json, 'content-encoding': 'gzip' }, body });
    expect(told).toMatchObject({ status: 415, code: 'BAD_USER_INPUT' });
    expect(told.message).toMatch(/compress/i);
    expect(loud()).toEqual([]);
  });

  it.each([
    ['GET', '/nope', 404, 'NOT_FOUND'],
    ['POST', '/nope/deeper?x=1', 404, 'NOT_FOUND'],
    ['PUT', '/graphql', 405, 'METHOD_NOT_ALLOWED'],
    ['DELETE', '/graphql', 405, 'METHOD_NOT_ALLOWED'],
    ['DELETE', '/health/live', 405, 'METHOD_NOT_ALLOWED'],
  ])('%s %s', async (method, path, status, code) => {
    const told = await call(path, { method });
    expect(told).toMatchObject({ status, code, message: expect.stringMatching(/\.$/) as string });
    expect(Object.keys(JSON.parse(told.text) as object).sort()).toEqual(['code', 'message']);
    expect(loud()).toEqual([]);
  });

  it('words that a rule does not take, explained without the rule', async () => {
    const query = `mutation ($input: CheckInInput!) { checkIn(input: $input) { __typename } }`;
    const variables = { input: { storeId: berlin.id, idempotencyKey: 'nul\u0000', calledName: 'a\u0000b' } };
    const { errors } = await foyer.ask(query, variables, berlin.tablet);
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect(errors?.[0]?.message).not.toMatch(/regular expression|\\p\{|\^\[/);
    expect(loud()).toEqual([]);
  });

  it('words that do not fit, and denials, in the language that is asked for, English where none is', async () => {
    const query = `mutation ($input: CheckInInput!) { checkIn(input: $input) { __typename } }`;
    const tooMany = { storeId: berlin.id, idempotencyKey: 'long', calledName: 'x'.repeat(81), partySize: 51 };
    const said = async (input: object, language?: string, token = berlin.tablet): Promise<string | undefined> => {
      const headers: Record<string, string> = language === undefined ? {} : { 'accept-language': language };
      return (await foyer.ask(query, { input }, token, headers)).errors?.[0]?.message;
    };
    expect(await said(tooMany, 'de-AT, de;q=0.9')).toBe(
      'Der Name zum Rufen darf höchstens 80 Zeichen haben. Die Personenzahl darf höchstens 50 sein.',
    );
    expect(await said(tooMany, 'en')).toBe(
      'The name to call out can have at most 80 characters. The number of people can be at most 50.',
    );
    expect(await said(tooMany)).toContain('calledName must be shorter than');
    const elsewhere = { storeId: '0190b2c4-0000-7000-8000-000000000000', idempotencyKey: 'elsewhere' };
    expect(await said(elsewhere, 'de')).toMatch(/^Diese Anmeldung gehört zu einer anderen Filiale/);
    expect(await said(elsewhere)).toMatch(/^This sign-in is of another store/);
    expect(await said(tooMany, 'de', 'foyer_tablet_nobody')).toBe(say('de', 'access.token-needed', {}));
    const { errors } = await foyer.ask(query, { input: tooMany }, shop.browser, { 'accept-language': 'de' });
    expect(errors?.[0]?.message).toBe(say('de', 'access.not-allowed', {}));
  });

  it('a refusal of the shop floor', async () => {
    const query = `mutation ($input: CheckInInput!) { checkIn(input: $input) { __typename ... on Refusal { code } } }`;
    const input = { storeId: berlin.id, idempotencyKey: 'refused', identifier: { kind: 'PASS', value: 'ABCD2345' } };
    await foyer.ask(query, { input }, berlin.tablet);
    expect(loud()).toEqual([]);
  });
});

describe('A denial is one status, whatever was asked', () => {
  const questions = [
    ['viewer', '{ viewer { roles } }'],
    ['a visit', '{ visit(id: "0190b2c4-0000-7000-8000-000000000000") { id } }'],
    ['a board', '{ board(storeId: "0190b2c4-0000-7000-8000-000000000000") { cursor } }'],
    ['several', '{ a: visit(id: "0190b2c4-0000-7000-8000-000000000000") { id } viewer { roles } }'],
  ] as const;

  it.each(questions)('401 without a token: %s', async (_, query) => {
    for (const accept of [{}, modern, { accept: 'application/json' }]) {
      const told = await call('/graphql', {
        method: 'POST',
        headers: { ...json, ...accept },
        body: JSON.stringify({ query }),
      });
      expect(told).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    }
    expect(loud()).toEqual([]);
  });

  it.each(questions.filter(([name]) => name !== 'several'))('403 with the key of a source: %s', async (_, query) => {
    for (const accept of [{}, modern, { accept: 'application/json' }]) {
      const told = await call('/graphql', {
        method: 'POST',
        headers: { ...json, authorization: `Bearer ${shop.server}`, ...accept },
        body: JSON.stringify({ query }),
      });
      expect(told).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    }
    expect(loud()).toEqual([]);
  });
});

describe('A subscription that is refused', () => {
  it.each([
    ['for another store', '01a200a0-0000-7000-8000-000000000000', undefined, 'FORBIDDEN'],
    ['for its cursor', undefined, 'no-cursor', 'BAD_USER_INPUT'],
  ])('%s is noted with its code and wakes nobody', async (_, storeId, after, code) => {
    const tablet = new Tablet(foyer.url, berlin.tablet, storeId ?? berlin.id);
    await tablet.follow(after);
    expect(await tablet.refusal()).toBe(code);
    await tablet.leave();
    expect(loud()).toEqual([]);
    expect(lines).toContainEqual(expect.objectContaining({ level: 30, room: 'GraphQL', codes: [code] }));
  });
});

describe('A socket that sends nonsense', () => {
  it.each([
    ['too much at once', 'x'.repeat(65 * 1024), 1009],
    ['no JSON', '{', 4400],
    ['bytes that are no text', Buffer.from([0xff, 0xfe]), 4400],
  ])('%s, is closed and wakes nobody', async (_, frame, code) => {
    const socket = new WebSocket(`${foyer.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    await once(socket, 'open');
    socket.send(frame);
    expect(await once(socket, 'close')).toEqual([code, expect.anything()]);
    expect(loud()).toEqual([]);
  });
});

const audits = serverAudits({ url: () => `${foyer.url}/graphql`, fetchFn: fetch });

describe('GraphQL over HTTP, as the specification has it', () => {
  it('has audits to hold', () => {
    expect(audits.length).toBeGreaterThanOrEqual(60);
  });

  it.each(
    audits
      .filter(({ name }) => /^(MUST|SHOULD)/.test(name))
      .map((audit) => [`${audit.id} ${audit.name}`, audit] as const),
  )('%s', async (_, audit) => {
    const result = await audit.fn();
    expect(result).toMatchObject({ status: 'ok' });
  });
});
