import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import { copy, type CopiedRow } from './copy.js';

/** One open transaction: SQL, TypeORM's manager, and what to do once it has committed. */
export class Tx {
  private readonly hooks: (() => void)[] = [];
  /** How urgent the events of this transaction are that do not say so themselves; see `priorities` of the outbox. */
  priority?: number;

  constructor(
    private readonly runner: QueryRunner,
    private readonly client: PoolClient,
    /** The same object in every attempt of one transaction; what an attempt found out can be kept with it. */
    readonly run: object,
  ) {}

  /** TypeORM on this transaction. */
  get manager(): EntityManager {
    return this.runner.manager;
  }

  /** Runs one statement in this transaction and returns its rows. */
  async query<Row extends object>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const { rows } = await this.client.query<Row>(sql, [...parameters]);
    return rows;
  }

  /** As `query`, for statements of every request: PostgreSQL keeps them parsed and planned under a name. */
  async prepared<Row extends object>(name: string, sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const { rows } = await this.client.query<Row>({ name, text: sql, values: [...parameters] });
    return rows;
  }

  /** Writes rows that are known to be new, many at once, by COPY. */
  async copy(table: string, columns: string, rows: Iterable<CopiedRow>): Promise<void> {
    await copy(this.client, table, columns, rows);
  }

  /** Registers something to do after the commit; it is dropped when the transaction fails. */
  afterCommit(hook: () => void): void {
    this.hooks.push(hook);
  }

  /** Runs what was registered; called once, by `Transactions`. */
  settle(): void {
    for (const hook of this.hooks) hook();
  }
}

const serializationFailure = '40001';
const deadlockDetected = '40P01';
const mostAttempts = 6;

function mayRetry(error: unknown): boolean {
  const code = (error as { code?: string }).code;
  return code === serializationFailure || code === deadlockDetected;
}

/** The one way to change anything: all or nothing, acknowledged after commit. */
@Injectable()
export class Transactions {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Runs `work` in one transaction. On a deadlock or a serialization failure it is rolled back and run anew,
   * so `work` must have no effect outside the transaction before `afterCommit`.
   */
  async run<T>(work: (tx: Tx) => Promise<T>, isolation?: 'REPEATABLE READ' | 'SERIALIZABLE'): Promise<T> {
    const run = {};
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.once(run, work, isolation);
      } catch (error) {
        if (attempt >= mostAttempts || !mayRetry(error)) throw error;
      }
    }
  }

  private async once<T>(
    run: object,
    work: (tx: Tx) => Promise<T>,
    isolation?: 'REPEATABLE READ' | 'SERIALIZABLE',
  ): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const tx = new Tx(runner, (await runner.connect()) as PoolClient, run);
      await runner.startTransaction(isolation);
      const result = await work(tx);
      await runner.commitTransaction();
      tx.settle();
      return result;
    } catch (error) {
      if (runner.isTransactionActive) await rollback(runner);
      throw error;
    } finally {
      await runner.release();
    }
  }
}

/** A connection that is gone cannot roll back; the server already has, and the first error is the one to tell. */
async function rollback(runner: QueryRunner): Promise<void> {
  try {
    await runner.rollbackTransaction();
  } catch {
    return;
  }
}
