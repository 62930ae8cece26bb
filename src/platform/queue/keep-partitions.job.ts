import { Injectable, Logger } from '@nestjs/common';
import { Clock, days } from '../../shared/clock.js';
import { Database } from '../database/database.js';
import { monthsFrom } from '../database/partition.rules.js';
import { Job } from './job.js';
import { JobRegistry } from './job-registry.js';

/** Months that are made ahead of time. */
const ahead = 3;
/** The default partition already holds rows of that month, or somebody else was faster. */
const expected = new Set(['23514', '42P07', '55P03']);

/**
 * Makes next months' partitions of every table that is partitioned by time, so that old months can be archived whole.
 * Rows of a month that has none stay in the default partition.
 */
@Injectable()
export class KeepPartitionsJob extends Job {
  override readonly name = 'keep-partitions';
  override readonly queue = 'intake';
  override readonly every = days(1);
  private readonly logger = new Logger('Partitions');

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    jobs: JobRegistry,
  ) {
    super();
    jobs.add(this);
  }

  override async perform(): Promise<void> {
    const tables = await this.database.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_partitioned_table p JOIN pg_class c ON c.oid = p.partrelid
       WHERE p.partstrat = 'r' AND c.relnamespace = 'public'::regnamespace AND NOT c.relispartition`,
    );
    for (const { name } of tables) {
      for (const month of monthsFrom(this.clock.now(), ahead)) await this.make(name, month);
    }
  }

  private async make(table: string, { suffix, from, to }: ReturnType<typeof monthsFrom>[number]): Promise<void> {
    await this.database.withClient(async (client) => {
      const partition = `${table}_${suffix}`;
      const { rowCount } = await client.query('SELECT 1 WHERE to_regclass($1) IS NOT NULL', [`public."${partition}"`]);
      if (rowCount) return;
      try {
        await client.query(`SET lock_timeout = '2s'`);
        await client.query(
          `CREATE TABLE "${partition}" PARTITION OF "${table}" FOR VALUES FROM ('${from}') TO ('${to}')`,
        );
        this.logger.log(`Made ${partition}.`);
      } catch (error) {
        if (!expected.has((error as { code?: string }).code ?? '')) throw error;
      } finally {
        await client.query('RESET lock_timeout');
      }
    });
  }
}
