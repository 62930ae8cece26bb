import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { Database } from '../database/database.js';
import { Transactions, type Tx } from '../database/transactions.js';
import { Outbox } from '../outbox/outbox.js';

declare module '../outbox/events.js' {
  interface Events {
    /** Somebody asked for a dead letter to be tried again. */
    'job.replayed': { readonly name: string; readonly payload: object };
  }
}

/** A job that failed for good, with what it was asked and why it failed. */
export interface DeadLetter {
  readonly id: string;
  readonly queue: string;
  readonly name: string;
  readonly payload: object;
  readonly error: string;
  readonly attempts: number;
  readonly failedAt: Date;
}

const columns = `id, queue, name, payload, error, attempts, failed_at AS "failedAt"`;

/** Jobs that gave up: kept in PostgreSQL, whatever the queue runs on, until somebody replays them. */
@Injectable()
export class DeadLetters {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Keeps a job that gave up, in a transaction where there is one. */
  async keep(letter: Omit<DeadLetter, 'id' | 'failedAt'>, tx: Pick<Tx, 'query'> = this.database): Promise<void> {
    await tx.query(
      `INSERT INTO dead_letter (id, queue, name, payload, error, attempts, failed_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [
        newId(),
        letter.queue,
        letter.name,
        JSON.stringify(letter.payload),
        letter.error,
        letter.attempts,
        this.clock.now(),
      ],
    );
  }

  /** Those that nobody has replayed, oldest first. */
  async open(limit = 100): Promise<DeadLetter[]> {
    return this.database.query(
      `SELECT ${columns} FROM dead_letter WHERE replayed_at IS NULL ORDER BY failed_at LIMIT $1`,
      [limit],
    );
  }

  /** Queues one again, or all that are open; returns how many. */
  async replay(id?: string): Promise<number> {
    return this.transactions.run(async (tx) => {
      const letters = await tx.query<DeadLetter>(
        `UPDATE dead_letter SET replayed_at = $1 WHERE replayed_at IS NULL AND ($2::uuid IS NULL OR id = $2) RETURNING ${columns}`,
        [this.clock.now(), id ?? null],
      );
      await this.outbox.addAll(
        tx,
        'job.replayed',
        letters.map(({ name, payload }) => ({ name, payload })),
      );
      return letters.length;
    });
  }
}
