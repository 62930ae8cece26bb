import { subscribe } from 'node:diagnostics_channel';
import { addSource } from '../../src/access/enrolment/sources.js';
import { boot } from '../../src/boot.js';
import { IdentityService } from '../../src/identity/identity.service.js';
import { linkageChannel } from '../../src/identity/resolve/linkage.js';
import { Importer } from '../../src/ingest/import/importer.js';
import { observationOf } from '../../src/ingest/observation.rules.js';
import type { ReceivedMessage } from '../../src/ingest/tracking-event.js';
import { Database } from '../../src/platform/database/database.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { SystemClock } from '../../src/shared/clock.js';
import { readConfig } from '../../src/shared/config.js';
import { newId } from '../../src/shared/ids.js';
import { percentile } from '../rows.js';
import { personRow } from './people.js';

/** What a run of this program measured: figures by name. */
export type Figures = Record<string, number>;

const clients = 8;
const source = { code: 'crm', name: 'CRM', kind: 'crm', department: 'sales', country: 'DE', trusted: true };

/** One process of the product, as the command and a server are: `import FILE`, `resolve FROM SECONDS` or `look-up FROM SECONDS`. */
const [task = '', about = '', length = ''] = process.argv.slice(2);
const running = await boot({ web: false, worker: false }, readConfig({ ...process.env, LOG_LEVEL: 'error' }));
const { app } = running;
const transactions = app.get(Transactions);
const tasks: Record<string, () => Promise<Figures>> = {
  import: importFile,
  resolve: () => resolveNew(Number(about), Number(length) * 1000),
  'look-up': () => lookUp(Number(about), Number(length) * 1000),
};
const figures = await (tasks[task] as () => Promise<Figures>)();
process.send?.(figures);
await running.stop();
process.exit(0);

/** Imports a file as the command does. */
async function importFile(): Promise<Figures> {
  await transactions.run((tx) => addSource(tx, source, new SystemClock().now()));
  let linkage = 0;
  subscribe(linkageChannel, (message) => (linkage += message as number));
  const importer = app.get(Importer);
  const { rows, new: fresh, joined, rejected, milliseconds } = await importer.run(await importer.plan(about, 'crm'));
  return { rows, fresh, joined, rejected, milliseconds, linkage };
}

/** New records, some of people who are known, by clients that wait for nothing but their own commit. */
async function resolveNew(from: number, duration: number): Promise<Figures> {
  const crm = await crmSource();
  const identity = app.get(IdentityService);
  const taken: number[] = [];
  let next = from;
  const client = async (until: number): Promise<void> => {
    while (performance.now() < until) {
      const observation = observationOf(message(next++, crm));
      const start = performance.now();
      await transactions.run((tx) => identity.observe(tx, [observation]));
      taken.push(performance.now() - start);
    }
  };
  const together = (until: number): Promise<unknown> =>
    Promise.all(Array.from({ length: clients }, () => client(until)));
  await together(performance.now() + duration / 4);
  taken.length = 0;
  const start = performance.now();
  await together(start + duration);
  const seconds = (performance.now() - start) / 1000;
  return {
    p50: percentile(taken, 0.5),
    p95: percentile(taken, 0.95),
    p99: percentile(taken, 0.99),
    rate: taken.length / seconds,
  };
}

/** Mail addresses and phones as a visitor states them at the desk, of people who are known and of some who are not. */
async function lookUp(known: number, duration: number): Promise<Figures> {
  const identity = app.get(IdentityService);
  const database = app.get(Database);
  const taken: number[] = [];
  let found = 0;
  const until = performance.now() + duration;
  for (let turn = 0; performance.now() < until; turn += 1) {
    const [, , , , email = '', phone = ''] = personRow((turn * 7919) % known);
    const sought = turn % 2 === 0 && email !== '' ? { kind: 'email', value: email } : { kind: 'phone', value: phone };
    if (sought.value === '') continue;
    const start = performance.now();
    const bearers = await identity.find(database, [sought]);
    taken.push(performance.now() - start);
    if (bearers.length > 0) found += 1;
  }
  const warm = taken.slice(Math.floor(taken.length / 10));
  return { p95: percentile(warm, 0.95), p50: percentile(warm, 0.5), count: taken.length, found };
}

async function crmSource(): Promise<ReceivedMessage['source']> {
  const [row] = await app
    .get(Database)
    .query<ReceivedMessage['source']>(
      'SELECT id, code, name, kind, department, country, trusted, store_id AS "storeId" FROM source WHERE code = $1',
      ['crm'],
    );
  if (row === undefined) throw new Error('Import before resolving: the source is not there.');
  return row;
}

/** What a tracking SDK of the department's server would have sent. */
function message(n: number, crm: ReceivedMessage['source']): ReceivedMessage {
  const [userId, firstName, lastName, birthday, email, phone, street, number, postalCode, city] = personRow(n);
  const said = { firstName, lastName, birthday, email, phone };
  const traits = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== ''));
  const now = new SystemClock().now();
  return {
    id: newId(),
    receivedAt: now,
    occurredAt: now,
    source: crm,
    asserted: true,
    kind: 'identify',
    body: {
      type: 'identify',
      userId,
      traits: { ...traits, address: { street: `${street} ${number}`, postalCode, city } },
    },
  };
}
