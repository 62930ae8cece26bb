import type { Client } from 'pg';
import { entities, migrations } from '../ormconfig.js';
import { dataSourceFor } from '../src/platform/database/data-source.js';
import { migrate } from '../src/platform/database/migrate.js';
import { SystemClock } from '../src/shared/clock.js';
import { connect, databaseName, programs } from './place.js';
import { run } from './process.js';
import { perCustomer, type Retailer } from './seed/plan.js';
import { seed, type Tell } from './seed/seed.js';

/** A seeded database, and what is needed to ask it. */
export interface BenchDatabase {
  readonly url: string;
  readonly customers: number;
  readonly retailer: Retailer;
}

/** Opens the database of that many customers; the first time it is made, which takes minutes at full size. */
export async function openDatabase(
  urlOf: (database: string) => string,
  customers: number,
  tell: Tell,
): Promise<BenchDatabase> {
  const name = databaseName(customers);
  const url = urlOf(name);
  const admin = await connect(urlOf('postgres'));
  try {
    const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    const known = rowCount === 1 ? await readRetailer(url) : undefined;
    if (known) return { url, customers, retailer: known };
    tell(`seeding ${customers} customers with ${perCustomer.activities} activities each into ${name}`);
    await dropOthers(admin, customers);
    await admin.query(`CREATE DATABASE "${name}"`);
    return { url, customers, retailer: await fill(url, customers, tell) };
  } finally {
    await admin.end();
  }
}

/** Databases of this size that an older seed or schema made are of no use any more. */
async function dropOthers(admin: Client, customers: number): Promise<void> {
  const old = await admin.query<{ datname: string }>('SELECT datname FROM pg_database WHERE datname LIKE $1', [
    `bench\\_${customers}\\_%`,
  ]);
  for (const { datname } of old.rows) await admin.query(`DROP DATABASE "${datname}" WITH (FORCE)`);
}

async function fill(url: string, customers: number, tell: Tell): Promise<Retailer> {
  const dataSource = dataSourceFor({ url, poolSize: 2, entities, migrations });
  await dataSource.initialize();
  await migrate(dataSource);
  await dataSource.destroy();
  const client = await connect(url);
  try {
    const now = new SystemClock().now();
    const retailer = await seed(client, customers, now, tell);
    await computeFacts(client, url, customers, tell);
    await client.query('VACUUM (ANALYZE)');
    await client.query('CREATE TABLE bench_retailer AS SELECT $1::jsonb AS retailer', [JSON.stringify(retailer)]);
    return retailer;
  } finally {
    await client.end();
  }
}

/** What the seed wrote when it was done; undefined for a database whose seed was broken off. */
async function readRetailer(url: string): Promise<Retailer | undefined> {
  const client = await connect(url);
  try {
    const { rows: done } = await client.query(`SELECT 1 FROM pg_class WHERE relname = 'bench_retailer'`);
    if (done.length === 0) return undefined;
    const { rows } = await client.query<{ retailer: Retailer }>('SELECT retailer FROM bench_retailer');
    return rows[0]?.retailer;
  } finally {
    await client.end();
  }
}

/** Facts by the real job: a worker is told that every customer has changed, and works until all have theirs. */
async function computeFacts(client: Client, url: string, customers: number, tell: Tell): Promise<void> {
  const start = performance.now();
  await client.query(
    `INSERT INTO outbox (id, created_at, topic, payload, priority)
     SELECT gen_random_uuid(), now(), 'customer.changed', jsonb_build_object('customerId', id), 20 FROM customer`,
  );
  const worker = await run('worker', programs.worker, { DATABASE_URL: url });
  try {
    for (let done = 0; done < customers;) {
      await new Promise((resolve) => setTimeout(resolve, 2000));
      if (worker.child.exitCode !== null) throw new Error('The worker ended while it computed facts.');
      const { rows } = await client.query<{ n: number }>(`SELECT count(*)::int AS n FROM fact WHERE step = 'profile'`);
      done = rows[0]?.n ?? 0;
      tell(`facts of ${done} customers (${((performance.now() - start) / 1000).toFixed(0)} s)`);
    }
  } finally {
    await worker.stop();
  }
}
