import type { Pool } from 'pg';
import { runMigrations as runQueueMigrations } from 'bullmq';
import type { DataSource } from 'typeorm';

/** Advisory lock under which one process at a time brings the schema up to date ("foyer" in ASCII). */
const lock = 0x666f796572;

/**
 * Brings the schema of Foyer and of its queue up to date; processes that start together wait for one another.
 * @returns the names of the migrations that were applied.
 */
export async function migrate(dataSource: DataSource): Promise<string[]> {
  const pool = (dataSource.driver as unknown as { master: Pool }).master;
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
