import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { buildSchema, type GraphQLField, type GraphQLSchema } from 'graphql';
import { WebSocket } from 'ws';
import { ArrivalsService } from '../src/briefing/arrivals.service.js';
import { openLog } from '../src/platform/http/pino-logger.js';
import { minutes } from '../src/shared/clock.js';
import { eventually, openFoyer, type Foyer } from './support/foyer.js';
import { Retailer, type TestSource, type TestStore } from './support/retailer.js';
import { runs } from './support/runs.js';
import { damaged, everythingOf, mutated, strangeInput, strangeText } from './support/strange.js';

let foyer: Foyer;
let berlin: TestStore;
let shop: TestSource;
let tokens: (string | undefined)[];
let known: string[];
/** A tablet that may get lost on the way. */
let spare: string;
/** What the log calls a fault. */
const faults: string[] = [];
/** What the server answers, as it registered it: "POST /v1/batch". */
const registered: string[] = [];

const schema: GraphQLSchema = buildSchema(readFileSync(join(import.meta.dirname, '../schema.graphql'), 'utf8'));

function listRoutes(message: unknown): void {
  (message as { fastify: FastifyInstance }).fastify.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) registered.push(`${one} ${url}`);
  });
}

beforeAll(async () => {
  subscribe('fastify.initialization', listRoutes);
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      faults.push(chunk.toString());
      done();
    },
  });
  const log = openLog({ logLevel: 'error', instance: 'fuzz' }, sink);
  foyer = await openFoyer({ logLevel: 'silent' }, { web: true, worker: true }, log);
  unsubscribe('fastify.initialization', listRoutes);
  const retailer = new Retailer(foyer.database);
  berlin = await retailer.store('berlin');
  spare = (await retailer.tablet(berlin.id)).tabletId;
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

async function send(path: string, init: RequestInit): Promise<void> {
  const response = await fetch(foyer.url + path, { redirect: 'manual', ...init });
  const text = await response.text();
  expect({
    path,
    status: response.status,
    fault: response.status >= 500 ? text || String(response.status) : '',
  }).toMatchObject({ fault: '' });
  expectNoLeak(text);
}

/** As a part of a path; what is no text at all is cut as a browser does. */
const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());

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
      send('/graphql', {
        method: 'POST',
        body: JSON.stringify({ query, variables }),
        headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      }),
    ),
    { numRuns: runs(1000) },
  );
}, 900_000);

it('survives mutated bodies, parameters and queries of every route that the server has', async () => {
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
  const batch = { batch: [track, identify], sentAt: context.sentAt };
  const enrolment = { code: 'ABCD-EFGH', publicKey: {}, challenge: 'x', signature: 'y', token: 'z' };
  const bodyOf = (path: string): unknown => {
    if (path === '/graphql') return { query: '{ __typename }', variables: {}, operationName: null, extensions: {} };
    if (path === '/v1/m') return { series: [] };
    if (/\/v1\/(b|batch|import)$/.test(path)) return batch;
    if (path.startsWith('/v1/')) return path.startsWith('/v1/i') ? identify : track;
    return { ...enrolment, storeId: berlin.id, tabletId: spare, staffId: berlin.id, pin: '1234', name: 'Entrance' };
  };
  const served = [...new Set(registered)].filter((route) => !/^(HEAD|OPTIONS) |\.\w+$/.test(route));
  expect(served).toEqual(expect.arrayContaining(['POST /v1/import', 'POST /desk-api/tablets/lost', 'GET /c/:link']));
  const [asking, telling] = [true, false].map((asks) => served.filter((route) => route.startsWith('GET ') === asks));
  const types = [
    'application/json',
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/graphql',
    'multipart/form-data; boundary=x',
    'x',
  ];
  const routes = fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(...(asking ?? [])) },
    { weight: 4, arbitrary: fc.constantFrom(...(telling ?? [])) },
  );
  const calls = routes.chain((route) => {
    const [method = '', path = ''] = route.split(' ');
    const body = bodyOf(path);
    return fc.record({
      method: fc.constant(method),
      path: fc.constant(path),
      parameters: fc.array(text, { minLength: 2, maxLength: 2 }),
      query: fc.dictionary(fc.constantFrom('writeKey', 'query', 'variables', 'date', 'code'), text, { maxKeys: 2 }),
      body: fc.oneof(
        mutated(body, text).map((value) => JSON.stringify(value) ?? ''),
        damaged(JSON.stringify(body)),
      ),
      type: fc.oneof(
        { weight: 5, arbitrary: fc.constant('application/json') },
        { weight: 1, arbitrary: fc.constantFrom(...types) },
      ),
      gzip: fc.integer({ min: 0, max: 19 }).map((n) => n === 0),
      token: fc.constantFrom(...tokens),
    });
  });
  await fc.assert(
    fc.asyncProperty(calls, async ({ method, path, parameters, query, body, type, gzip, token }) => {
      // Who has missed too often is let in again, so that what lies behind is met, too.
      foyer.clock.advance(minutes(1));
      const basic = `Basic ${Buffer.from(`${shop.server}:`).toString('base64')}`;
      const authorization = /^\/(v1|beacon|sourceConfig)/.test(path) ? basic : token && `Bearer ${token}`;
      const filled = parameters.reduce((left, value) => left.replace(/:\w+|\*/, encoded(value)), path);
      await send(`${filled}?${new URLSearchParams(query).toString()}`, {
        method,
        ...(method !== 'GET' && { body }),
        headers: {
          'content-type': type,
          ...(authorization && { authorization }),
          ...(gzip && { 'content-encoding': 'gzip' }),
        },
      });
    }),
    { numRuns: runs(700) },
  );
}, 900_000);

it('survives damaged frames', async () => {
  faults.length = 0;
  const text = strangeText(known);
  const query =
    'subscription ($storeId: ID!, $after: String) { arrivals(storeId: $storeId, after: $after) { cursor } }';
  const init = { type: 'connection_init', payload: { authorization: `Bearer ${berlin.tablet}` } };
  const subscribe = {
    id: '1',
    type: 'subscribe',
    payload: { query, variables: { storeId: berlin.id, after: null }, operationName: null, extensions: {} },
  };
  const frames = fc
    .constantFrom<object>(
      init,
      subscribe,
      { type: 'ping' },
      { id: '1', type: 'complete' },
      { type: 'connection_ack' },
      { id: '1', type: 'next', payload: {} },
      { id: '1', type: 'error', payload: [] },
    )
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
      // Not 1011, by which a client takes the fault for ours.
      expect(await closed).not.toContain(1011);
      expectNoLeak(heard.join('\n'));
    }),
    { numRuns: runs(300) },
  );
  expect(faults).toEqual([]);
  await eventually('nothing is followed any more', async () => foyer.app.get(ArrivalsService).size === 0);
}, 900_000);
