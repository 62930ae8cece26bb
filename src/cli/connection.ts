import { readdir } from 'node:fs/promises';
import { Client } from 'pg';
import type { Sql } from '../access/enrolment/sql.js';
import type { Config } from '../shared/config.js';

/** The database of one command. */
export type Connection = Sql;

const connectTimeout = 5000;

/** Joins the database, brings it up to date where needed, and runs the work in one transaction. */
export async function openConnection<T>(config: Config, work: (tx: Connection) => Promise<T>): Promise<T> {
  if (config.databaseUrl) return connect(config.databaseUrl, work);
  const { joinEmbeddedPostgres } = await import('../platform/postgres/embedded-postgres.js');
  const server = await joinEmbeddedPostgres({ dir: config.directory });
  try {
    return await connect(server.url, work);
  } finally {
    await server.leave();
  }
}

async function connect<T>(url: string, work: (tx: Connection) => Promise<T>): Promise<T> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: connectTimeout,
    application_name: 'foyer-cli',
  });
  client.on('error', () => undefined);
  await client.connect();
  const connection: Connection = {
    async query<Row extends object>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
      const { rows } = await client.query<Row>(sql, [...parameters]);
      return rows;
    },
  };
  try {
    if (!(await isUpToDate(connection))) await bringUpToDate(url);
    return await inTransaction(connection, work);
  } finally {
    await client.end();
  }
}

async function inTransaction<T>(connection: Connection, work: (tx: Connection) => Promise<T>): Promise<T> {
  await connection.query('BEGIN');
  try {
    const result = await work(connection);
    await connection.query('COMMIT');
    return result;
  } catch (error) {
    await connection.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

// Asked by name, so that the usual case needs neither TypeORM nor the entities.
async function isUpToDate(connection: Connection): Promise<boolean> {
  const [table] = await connection.query<{ there: boolean }>(
    `SELECT to_regclass('schema_migration') IS NOT NULL AS there`,
  );
  if (!table?.there) return false;
  const files = await readdir(new URL('../../migrations/', import.meta.url));
  const numbers = files.flatMap((file) => /^(\d+)-[^.]*\.(js|ts)$/.exec(file)?.[1] ?? []);
  const applied = await connection.query<{ number: string }>(
    `SELECT "timestamp"::text AS number FROM "schema_migration"`,
  );
  return numbers.every((number) => applied.some((migration) => migration.number === number));
}

async function bringUpToDate(url: string): Promise<void> {
  const [{ dataSourceFor }, { migrate }, { entities, migrations }] = await Promise.all([
    import('../platform/database/data-source.js'),
    import('../platform/database/migrate.js'),
    import('../../ormconfig.js'),
  ]);
  const dataSource = dataSourceFor({ url, poolSize: 2, entities, migrations, isPatient: true });
  await dataSource.initialize();
  try {
    await migrate(dataSource);
  } finally {
    await dataSource.destroy();
  }
}
