import type { Pool } from 'pg';
import { assertSchemaCompatibility, LATEST_SCHEMA_VERSION, runMigrations as runQueueMigrations } from 'bullmq';
import type { DataSource } from 'typeorm';

/** Advisory lock under which one process at a time brings the schema up to date ("foyer" in ASCII). */
const lock = 0x666f796572;

/**
 * Brings the schema of Foyer and of its queue up to date; processes that start together wait for one another.
 * @returns the names of the migrations that were applied.
 */
export async function migrate(dataSource: DataSource): Promise<string[]> {
  const pool = (dataSource.driver as unknown as { master: Pool }).master;
  if (await isUpToDate(pool, dataSource)) return [];
  const client = await pool.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [lock]);
    const applied = await dataSource.runMigrations({ transaction: 'all' });
    await runQueueMigrations(client);
    return applied.map((migration) => migration.name);
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [lock]);
    client.release();
  }
}

/** Most starts find nothing to do, and two short reads tell. */
async function isUpToDate(pool: Pool, dataSource: DataSource): Promise<boolean> {
  const { rows } = await pool.query<{ ours: string | null; queue: string | null }>(
    `SELECT to_regclass('public.schema_migration')::text AS ours, to_regnamespace('bullmq')::text AS queue`,
  );
  if (!rows[0]?.ours || !rows[0].queue) return false;
  const applied = await pool.query<{ name: string }>('SELECT name FROM schema_migration');
  const names = new Set(applied.rows.map(({ name }) => name));
  if (!dataSource.migrations.every(({ name }) => name !== undefined && names.has(name))) return false;
  return (await assertSchemaCompatibility(pool)) === LATEST_SCHEMA_VERSION;
}
