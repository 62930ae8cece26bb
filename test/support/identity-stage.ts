import { DataSource } from 'typeorm';
import { cloneDatabase, type TestDatabase } from './database.js';
import { Transactions, type Tx } from '../../src/platform/database/transactions.js';
import { LiveFanout } from '../../src/platform/live/live-fanout.js';
import { Outbox } from '../../src/platform/outbox/outbox.js';
import { FixedClock } from '../../src/shared/clock.js';
import { IdentityService } from '../../src/identity/identity.service.js';
import { Presence } from '../../src/identity/presence.js';

/** Nobody listens. */
class Silence extends LiveFanout {
  publish(): void {}
  subscribe(): () => void {
    return () => undefined;
  }
}

/** The room alone on a database of its own. */
export interface IdentityStage {
  identity: IdentityService;
  clock: FixedClock;
  database: TestDatabase;
  transactions: Transactions;
  run<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Records that are one customer, by source key, sorted. */
  customers(): Promise<string[]>;
  close(): Promise<void>;
}

/** Opens the room on a fresh clone of the migrated database; close it afterwards. */
export async function openIdentity(
  poolSize = 16,
  clock = new FixedClock(new Date('2026-03-10T11:00:00Z')),
): Promise<IdentityStage> {
  const database = await cloneDatabase();
  const dataSource = new DataSource({ type: 'postgres', url: database.url, poolSize });
  await dataSource.initialize();
  const transactions = new Transactions(dataSource);
  return {
    identity: new IdentityService(clock, new Outbox(clock, new Silence()), new Presence()),
    clock,
    database,
    transactions,
    run: (work) => transactions.run(work),
    customers: async () => {
      const rows = await database.query<{ keys: string[] }>(
        `SELECT array_agg(r.source_key ORDER BY r.source_key) AS keys
         FROM membership m JOIN record r ON r.id = m.record_id GROUP BY m.customer_id`,
      );
      return rows.map((row) => row.keys.join('+')).sort();
    },
    close: async () => {
      await dataSource.destroy();
      await database.drop();
    },
  };
}
