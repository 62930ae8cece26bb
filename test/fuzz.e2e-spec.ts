import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { buildSchema, type GraphQLField, type GraphQLSchema } from 'graphql';
import { WebSocket } from 'ws';
import { openFoyer, type Foyer } from './support/foyer.js';
import { Retailer, type TestSource, type TestStore } from './support/retailer.js';
import { runs } from './support/runs.js';
import { damaged, everythingOf, mutated, strangeInput, strangeText } from './support/strange.js';

let foyer: Foyer;
let berlin: TestStore;
let shop: TestSource;
let tokens: (string | undefined)[];
let known: string[];

const schema: GraphQLSchema = buildSchema(readFileSync(join(import.meta.dirname, '../schema.graphql'), 'utf8'));

beforeAll(async () => {
  foyer = await openFoyer({ logLevel: 'silent' });
  const retailer = new Retailer(foyer.database);
  berlin = await retailer.store('berlin');
  shop = await retailer.source('shop', 'web-shop');
  const kim = await retailer.staff('Kim', 'ADMIN', [berlin]);
  tokens = [berlin.tablet, kim.token, shop.server, shop.browser, undefined];
  const input = { storeId: berlin.id, idempotencyKey: 'fuzz', calledName: 'grey coat' };
  const arrived = await foyer.ask<{ checkIn: { visit: { id: string } } }>(
    'mutation ($input: CheckInInput!) { checkIn(input: $input) { ... on CheckedIn { visit { id } } } }',
    { input },
    berlin.tablet,
  );
  known = [
    berlin.id,
    berlin.code,
    arrived.data.checkIn.visit.id,
    'ada@example.org',
    '+49 30 901820',
    'email',
    'phone',
    'device',
    'Ada',
  ];
});

afterEach(async () => {
  const ready = await fetch(`${foyer.url}/health/ready`);
  expect(ready.status).toBe(200);
});

afterAll(async () => foyer?.close());

// What only our own machinery says: files, frames of a stack, SQL, and the words of the libraries below us.
const internals =
  /node_modules|\.[jt]s:\d|\bat \S+ \(|\b(SELECT|INSERT INTO|UPDATE|DELETE FROM) |violates|at or near|invalid input syntax|TypeError|RangeError|Cannot read|is not a function|is not iterable|destructure|ECONN|"stack"|INTERNAL/;

function expectNoLeak(text: string): void {
  expect(internals.exec(text)?.[0]).toBeUndefined();
}

async function post(path: string, body: string, headers: Record<string, string>): Promise<void> {
  const response = await fetch(foyer.url + path, { method: 'POST', headers, body });
  const text = await response.text();
  expect({ status: response.status, fault: response.status >= 500 ? text : '' }).toMatchObject({ fault: '' });
  expectNoLeak(text);
}

const roots = (): GraphQLField<unknown, unknown>[] => [
  ...Object.values(schema.getQueryType()?.getFields() ?? {}),
  ...Object.values(schema.getMutationType()?.getFields() ?? {}),
];

function documentOf(field: GraphQLField<unknown, unknown>): string {
  const operation = schema.getQueryType()?.getFields()[field.name] === field ? 'query' : 'mutation';
  const variables = field.args.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const passed = field.args.map(({ name }) => `${name}: $${name}`).join(', ');
  const selection = everythingOf(field.type, 3);
  return `${operation}${variables && ` (${variables})`} { ${field.name}${passed && `(${passed})`} ${selection} }`;
}

it('survives strange variables and damaged documents', async () => {
  const text = strangeText(known);
  const questions = fc.constantFrom(...roots()).chain((field) =>
    fc.record({
      query: fc.oneof(
        { weight: 5, arbitrary: fc.constant(documentOf(field)) },
        { weight: 1, arbitrary: damaged(documentOf(field)) },
      ),
      variables: fc.record(Object.fromEntries(field.args.map(({ name, type }) => [name, strangeInput(type, text)]))),
      token: fc.constantFrom(...tokens),
    }),
  );
  await fc.assert(
    fc.asyncProperty(questions, async ({ query, variables, token }) =>
      post('/graphql', JSON.stringify({ query, variables }), {
        'content-type': 'application/json',
        ...(token && { authorization: `Bearer ${token}` }),
      }),
    ),
    { numRuns: runs(1000) },
  );
}, 900_000);

it('survives mutated bodies of every route that takes any', async () => {
  const text = strangeText(known);
  const context = {
    anonymousId: 'visitor-1',
    userId: 'ada',
    messageId: 'm-1',
    timestamp: '2026-03-10T10:00:00Z',
    sentAt: '2026-03-10T10:00:01Z',
  };
  const track = {
    ...context,
    type: 'track',
    event: 'Configuration Saved',
    properties: { configuration_id: 'c-1', price: 100, products: [{ sku: 'a', price: 1 }] },
  };
  const identify = {
    ...context,
    type: 'identify',
    traits: { email: 'ada@example.org', phone: '+49 30 901820', name: 'Ada' },
    context: { traits: {}, locale: 'de' },
  };
  const routes: [string, unknown][] = [
    ['/v1/batch', { batch: [track, identify], sentAt: context.sentAt }],
    ['/beacon/v1/batch', { batch: [identify, track] }],
    ['/v1/t', track],
    ['/v1/identify', identify],
    ['/v1/m', { series: [] }],
    ['/graphql', { query: '{ __typename }', variables: {}, operationName: null, extensions: {} }],
    ['/tablet/enrol', { code: 'ABCD-EFGH', publicKey: {} }],
    ['/tablet/token', { tabletId: berlin.tabletId, challenge: 'x', signature: 'y' }],
    ['/tablet/shift', { staffId: berlin.id, pin: '1234' }],
  ];
  const types = [
    'application/json',
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/graphql',
    'multipart/form-data; boundary=x',
    'x',
  ];
  const calls = fc.constantFrom(...routes).chain(([path, body]) =>
    fc.record({
      path: fc.constant(path),
      body: fc.oneof(
        mutated(body, text).map((value) => JSON.stringify(value) ?? ''),
        damaged(JSON.stringify(body)),
      ),
      type: fc.oneof(
        { weight: 5, arbitrary: fc.constant('application/json') },
        { weight: 1, arbitrary: fc.constantFrom(...types) },
      ),
      gzip: fc.integer({ min: 0, max: 19 }).map((n) => n === 0),
    }),
  );
  await fc.assert(
    fc.asyncProperty(calls, async ({ path, body, type, gzip }) => {
      const basic = `Basic ${Buffer.from(`${shop.server}:`).toString('base64')}`;
      const authorization = path.startsWith('/tablet') || path === '/graphql' ? `Bearer ${berlin.tablet}` : basic;
      await post(path, body, { 'content-type': type, authorization, ...(gzip && { 'content-encoding': 'gzip' }) });
    }),
    { numRuns: runs(700) },
  );
}, 900_000);

it('survives damaged frames', async () => {
  const text = strangeText(known);
  const query =
    'subscription ($storeId: ID!, $after: String) { arrivals(storeId: $storeId, after: $after) { cursor } }';
  const init = { type: 'connection_init', payload: { authorization: `Bearer ${berlin.tablet}` } };
  const subscribe = {
    id: '1',
    type: 'subscribe',
    payload: { query, variables: { storeId: berlin.id, after: 'x' }, operationName: null, extensions: {} },
  };
  const frames = fc
    .constantFrom<object>(init, subscribe, { type: 'ping' }, { id: '1', type: 'complete' })
    .chain((frame) =>
      fc.oneof(
        fc.constant(JSON.stringify(frame)),
        mutated(frame, text).map((value) => JSON.stringify(value) ?? ''),
        damaged(JSON.stringify(frame)),
      ),
    );
  await fc.assert(
    fc.asyncProperty(fc.boolean(), fc.array(frames, { minLength: 1, maxLength: 6 }), async (introduce, said) => {
      const socket = new WebSocket(`${foyer.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
      const heard: string[] = [];
      socket.on('message', (data: Buffer) => heard.push(data.toString('utf8')));
      await once(socket, 'open');
      const closed = once(socket, 'close');
      if (introduce) socket.send(JSON.stringify(init));
      for (const frame of said) socket.send(frame);
      await new Promise((resolve) => setTimeout(resolve, 15));
      socket.close();
      await closed;
      expectNoLeak(heard.join('\n'));
    }),
    { numRuns: runs(300) },
  );
}, 900_000);
