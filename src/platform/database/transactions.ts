import { Injectable } from '@nestjs/common';
import type { Pool, PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import type { CopiedRows } from './copied-rows.js';
import { copyRows } from './copy-rows.js';
import { planByValues } from './plan-mode.js';
import { sendTogether } from './send-together.js';

/**
 * One open transaction: SQL, and what to do once it has committed. Its connection is a pipeline: statements run in the order in
 * which they are sent, and those sent in one turn leave together, so what does not need one another's answers is sent at once.
 */
export class Tx {
  private readonly hooks: (() => void)[] = [];
  private readonly sent: Promise<unknown>[] = [];
  private failure: unknown;
  private gathers = false;
  /** How urgent the events of this transaction are that do not say so themselves; see `priorities` of the outbox. */
  priority?: number;

  constructor(
    private readonly client: PoolClient,
    /** The same object in every attempt of one transaction; what an attempt found out can be kept with it. */
    readonly run: object,
  ) {}

  /** Runs one statement in this transaction and returns its rows. */
  async query<Row extends object>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    this.gather();
    const { rows } = await this.client.query<Row>(sql, [...parameters]);
    return rows;
  }

  /** As `query`, for statements of every request: PostgreSQL keeps them parsed and planned under a name. */
  async prepared<Row extends object>(name: string, sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    this.gather();
    const { rows } = await this.client.query<Row>({ name, text: sql, values: [...parameters] });
    return rows;
  }

  /** As `prepared`, where nobody needs the rows: the sender goes on at once, and the transaction fails where this fails. */
  send(name: string, sql: string, parameters: readonly unknown[] = []): void {
    this.follow(this.prepared(name, sql, parameters));
  }

  /** Writes rows that are known to be new, many at once, by COPY. */
  async copy(table: string, columns: string, rows: CopiedRows): Promise<void> {
    // What was sent before has to be answered: a COPY talks to and fro, and cannot share a pipeline.
    await this.query('SELECT');
    await copyRows(this.client, table, columns, rows);
  }

  /** Registers something to do after the commit; it is dropped when the transaction fails. */
  afterCommit(hook: () => void): void {
    this.hooks.push(hook);
  }

  /** Begins, together with whatever is sent first; called once, by `Transactions`. */
  begin(): void {
    this.gather();
    planByValues(this.client);
    this.follow(this.client.query('BEGIN'));
  }

  /** Commits, together with whatever was sent last, and runs what was registered; called once, by `Transactions`. */
  async commit(): Promise<void> {
    this.gather();
    const [{ command }] = await Promise.all([this.client.query('COMMIT'), ...this.sent]);
    if (command !== 'COMMIT') throw new Error('PostgreSQL rolled back: a statement of this transaction had failed.');
    for (const hook of this.hooks) hook();
  }

  /** Why the transaction failed: what comes after a failure only says that there was one. */
  causeOf(error: unknown): unknown {
    return codeOf(error) === transactionFailed ? (this.failure ?? error) : error;
  }

  private follow(answer: Promise<unknown>): void {
    answer.catch((error: unknown) => {
      if (codeOf(error) !== transactionFailed) this.failure ??= error;
    });
    this.sent.push(answer);
  }

  private gather(): void {
    if (this.gathers) return;
    this.gathers = true;
    sendTogether(this.client);
    process.nextTick(() => (this.gathers = false));
  }
}

const serializationFailure = '40001';
const deadlockDetected = '40P01';
const transactionFailed = '25P02';
const mostAttempts = 6;

function codeOf(error: unknown): string | undefined {
  return (error as { code?: string }).code;
}

function mayRetry(error: unknown): boolean {
  return [serializationFailure, deadlockDetected].includes(codeOf(error) ?? '');
}

/** The one way to change anything: all or nothing, acknowledged after commit. */
@Injectable()
export class Transactions {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Runs `work` in one transaction. On a deadlock or a serialization failure it is rolled back and run anew,
   * so `work` must have no effect outside the transaction before `afterCommit`.
   */
  async run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const run = {};
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.once(run, work);
      } catch (error) {
        if (attempt >= mostAttempts || !mayRetry(error)) throw error;
      }
    }
  }

  private async once<T>(run: object, work: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await (this.dataSource.driver as unknown as { master: Pool }).master.connect();
    const tx = new Tx(client, run);
    let isLost = false;
    try {
      tx.begin();
      const result = await work(tx);
      await tx.commit();
      return result;
    } catch (error) {
      isLost = !(await rollback(client));
      throw tx.causeOf(error);
    } finally {
      client.release(isLost);
    }
  }
}

/** A connection that is gone cannot roll back; the server already has, and the first error is the one to tell. */
async function rollback(client: PoolClient): Promise<boolean> {
  try {
    await client.query('ROLLBACK');
    return true;
  } catch {
    return false;
  }
}
