import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { v7 } from 'uuid';
import { entities, migrations } from '../../ormconfig.js';
import { dataSourceFor } from '../../src/platform/database/data-source.js';
import { migrate } from '../../src/platform/database/migrate.js';
import { joinEmbeddedPostgres } from '../../src/platform/postgres/embedded-postgres.js';

const root = join(import.meta.dirname, '../..');
const serverFolder = join(root, 'node_modules/.cache/foyer-test');
/** One process at a time prepares the template. */
const templateLock = 727_001;

/** A database of one's own, cloned from a migrated template. */
export interface TestDatabase {
  readonly url: string;
  query<Row extends object>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
}

/** The server tests run on: `TEST_DATABASE_URL`, or an embedded one that forgets about durability. */
async function serverUrl(): Promise<string> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given) return given;
  const server = await joinEmbeddedPostgres({
    dir: serverFolder,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' },
  });
  return server.url;
}

function at(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

/** Named after what the migrations say, so that a changed one makes a new template. */
function templateName(): string {
  const folder = join(root, 'migrations');
  const hash = createHash('sha256');
  for (const file of readdirSync(folder).sort()) hash.update(readFileSync(join(folder, file)));
  return `foyer_template_${hash.digest('hex').slice(0, 12)}`;
}

async function prepareTemplate(admin: Client, server: string): Promise<string> {
  const name = templateName();
  await admin.query('SELECT pg_advisory_lock($1)', [templateLock]);
  try {
    const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate', [name]);
    if (rowCount) return name;
    await admin.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    await admin.query(`CREATE DATABASE "${name}"`);
    const dataSource = dataSourceFor({ url: at(server, name), poolSize: 2, entities, migrations });
    await dataSource.initialize();
    await migrate(dataSource);
    await dataSource.destroy();
    await admin.query(`ALTER DATABASE "${name}" IS_TEMPLATE true`);
    return name;
  } finally {
    await admin.query('SELECT pg_advisory_unlock($1)', [templateLock]);
  }
}

/** Clones the template; milliseconds, because nothing has to be migrated. */
export async function cloneDatabase(): Promise<TestDatabase> {
  return createDatabase(prepareTemplate);
}

/** A database in which nobody has started yet. */
export async function emptyDatabase(): Promise<TestDatabase> {
  return createDatabase(() => Promise.resolve('template1'));
}

async function createDatabase(chooseTemplate: typeof prepareTemplate): Promise<TestDatabase> {
  const server = await serverUrl();
  const admin = new Client({ connectionString: at(server, 'postgres') });
  await admin.connect();
  const template = await chooseTemplate(admin, server);
  const name = `foyer_test_${v7().replaceAll('-', '')}`;
  // Copying files takes a tenth of the time that writing every block to the log takes.
  await admin.query(`CREATE DATABASE "${name}" TEMPLATE "${template}" STRATEGY FILE_COPY`);
  const client = new Client({ connectionString: at(server, name) });
  client.on('error', () => undefined);
  await client.connect();
  return {
    url: at(server, name),
    query: async <Row extends object>(sql: string, parameters: readonly unknown[] = []) =>
      (await client.query(sql, [...parameters])).rows as Row[],
    drop: async () => {
      await client.end();
      await admin.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
      await admin.end();
    },
  };
}
