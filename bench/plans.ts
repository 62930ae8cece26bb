import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { boot } from '../src/boot.js';
import { readConfig } from '../src/shared/config.js';
import { openDatabase } from './database.js';
import { arrivalsDocument, checkInDocument, document } from './document.js';
import { event } from './load/batch.js';
import { connect, openServer } from './place.js';
import { idOf, openVisits, fullSize } from './seed/plan.js';
import { issuePasses, setTheStage } from './visits.js';

/**
 * `node dist/bench/plans.js [--customers N] [--verbose]`: lives through a visit, a board, a check-in, an arrival and an event in one
 * process, and explains every prepared statement that came by, with the very values, on a database of full size.
 */
interface Seen {
  readonly text: string;
  readonly values: unknown[];
}

const { values } = parseArgs({
  options: {
    customers: { type: 'string', default: String(fullSize) },
    verbose: { type: 'boolean', default: false },
  },
});

const seen = new Map<string, Seen>();
const prototype = pg.Client.prototype as unknown as { query: (...parameters: unknown[]) => unknown };
const { query } = prototype;
prototype.query = function (this: unknown, ...parameters: unknown[]): unknown {
  const [config] = parameters as [{ name?: string; text?: string; values?: unknown[] } | undefined];
  if (config?.name && config.text && !seen.has(config.name)) {
    seen.set(config.name, { text: config.text, values: [...(config.values ?? [])] });
  }
  return query.apply(this, parameters);
};

const server = await openServer();
const database = await openDatabase(server.urlOf, Number(values.customers), console.log);
const cast = await setTheStage(database);
const config = readConfig({ DATABASE_URL: database.url, PORT: '0', LOG_LEVEL: 'error', NODE_ENV: 'test' });
const running = await boot({ web: true, worker: true }, config);
await liveThrough(running.url ?? '');
await running.stop();
const client = await connect(database.url);
await client.query('ANALYZE visit, record, membership');
console.log('| statement | rows | ms | blocks | how |\n|---|---|---|---|---|');
for (const [name, statement] of [...seen].sort(([a], [b]) => (a < b ? -1 : 1))) await explain(name, statement);
await client.end();
await server.leave();
process.exit(0);

async function liveThrough(url: string): Promise<void> {
  const ask = async (path: string, authorization: string, body: string): Promise<void> => {
    const headers = { 'content-type': 'application/json', authorization };
    const answer = await fetch(url + path, { method: 'POST', headers, body });
    const text = await answer.text();
    if (!answer.ok || text.includes('"errors"')) throw new Error(`${path}: ${text.slice(0, 500)}`);
  };
  const graphql = (token: string, text: string, variables: object): Promise<void> =>
    ask('/graphql', `Bearer ${token}`, JSON.stringify({ query: text, variables }));
  const [pass] = await issuePasses(database, 1);
  const tablet = cast.tablets.find(({ storeId }) => storeId === pass?.storeId);
  const [visit] = cast.visits;
  if (!pass || !tablet || !visit) throw new Error('The stage is empty.');
  const { storeId, token } = tablet;
  const line = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
  });
  line.subscribe(
    { query: arrivalsDocument, variables: { storeId } },
    { next: () => undefined, error: console.error, complete: () => undefined },
  );
  await sleep(500);
  await graphql(visit.token, document, { id: visit.id });
  await graphql(token, 'query Board($storeId: ID!) { board(storeId: $storeId) { cursor present { id } } }', {
    storeId,
  });
  await graphql(token, checkInDocument, { input: { storeId, code: pass.code, idempotencyKey: 'plans' } });
  const batch = `{"batch":[${event('plans', openVisits + 9, new Date().toISOString())}]}`;
  await ask('/v1/batch', `Basic ${btoa(`${cast.shopKey}:`)}`, batch);
  await sleep(3000);
  await line.dispose();
}

/** What PostgreSQL says of a statement; everything it changes is undone. */
async function explain(name: string, { text, values: given }: Seen): Promise<void> {
  await client.query('BEGIN');
  try {
    if (name === 'outbox-take') await fillOutbox();
    const { rows } = await client.query<{
      'QUERY PLAN': [{ Plan: Plan; 'Execution Time': number; 'Planning Time': number }];
    }>(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`, given);
    const [{ Plan: plan, 'Execution Time': time }] = rows[0]?.['QUERY PLAN'] ?? [
      { Plan: {} as Plan, 'Execution Time': 0, 'Planning Time': 0 },
    ];
    const blocks = (plan['Shared Hit Blocks'] ?? 0) + (plan['Shared Read Blocks'] ?? 0);
    console.log(
      `| ${name} | ${plan['Actual Rows']} | ${time.toFixed(2)} | ${blocks} | ${[...new Set(scans(plan))].join(', ')} |`,
    );
    if (values.verbose) console.log(JSON.stringify(plan, null, 1));
  } catch (error) {
    console.log(`| ${name} | | | | not explained: ${String(error).slice(0, 120)} |`);
  } finally {
    await client.query('ROLLBACK');
  }
}

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows'?: number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Shared Hit Blocks'?: number;
  readonly 'Shared Read Blocks'?: number;
  readonly Plans?: readonly Plan[];
}

/** Each access to a table in a few words; the ones that read a whole table are written in capitals. */
function scans(plan: Plan): string[] {
  const { 'Relation Name': table, 'Index Name': index, 'Node Type': node } = plan;
  const own = index ? [index] : node === 'Seq Scan' && table ? [`WHOLE ${table}`] : [];
  return [...own, ...(plan.Plans ?? []).flatMap(scans)];
}

async function fillOutbox(): Promise<void> {
  await client.query(
    `INSERT INTO outbox (id, created_at, topic, payload, priority)
     SELECT gen_random_uuid(), now(), 'customer.changed', jsonb_build_object('customerId', $1::text), 10 FROM generate_series(1, 5000)`,
    [idOf('shop', 1)],
  );
}
