import { Injectable } from '@nestjs/common';
import { Intake } from '../ingest/intake.js';
import { Database } from '../platform/database/database.js';
import { Transactions } from '../platform/database/transactions.js';
import { Outbox, priorities } from '../platform/outbox/outbox.js';

/** Ids announced in one transaction. */
const page = 5_000;
const first = '00000000-0000-0000-0000-000000000000';

/** How much was announced again. */
export interface Recovered {
  readonly messages: number;
  readonly customers: number;
}

/**
 * Announces again what a queue that lost its jobs had been told: kept messages, which are understood once however often they are
 * announced, and customers whose facts are older than what is known of them.
 */
@Injectable()
export class Recovery {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly intake: Intake,
    private readonly outbox: Outbox,
  ) {}

  /** Messages received since then, and every customer whose facts lag behind. */
  async announceSince(since: Date): Promise<Recovered> {
    const messages = await this.inPages(
      'SELECT id FROM message WHERE received_at >= $3 AND id > $1 ORDER BY id LIMIT $2',
      [since],
      (ids) =>
        this.transactions.run(async (tx) => {
          tx.priority = priorities.bulk;
          await this.intake.announce(tx, ids);
        }),
    );
    const customers = await this.inPages(behind, [], (ids) =>
      this.transactions.run((tx) =>
        this.outbox.addAll(
          tx,
          'customer.changed',
          ids.map((customerId) => ({ customerId })),
          { priority: priorities.bulk },
        ),
      ),
    );
    return { messages, customers };
  }

  private async inPages(
    sql: string,
    parameters: readonly unknown[],
    announce: (ids: string[]) => Promise<void>,
  ): Promise<number> {
    let [count, last] = [0, first];
    for (;;) {
      const rows = await this.database.query<{ id: string }>(sql, [last, page, ...parameters]);
      if (rows.length === 0) return count;
      await announce(rows.map(({ id }) => id));
      count += rows.length;
      last = rows.at(-1)?.id ?? last;
    }
  }
}

/** Facts carry the version of the customer that they were computed from. */
const behind = `
  SELECT c.id FROM customer c
  WHERE c.id > $1 AND NOT EXISTS (SELECT FROM fact f WHERE f.customer_id = c.id AND f.input_version >= c.version)
  ORDER BY c.id LIMIT $2`;
