import { Injectable } from '@nestjs/common';
import type { Pool, PoolClient, QueryResultRow } from 'pg';
import { DataSource } from 'typeorm';
import { planByValues, planOnce } from './plan-mode.js';
import { sendTogether } from './send-together.js';

interface Asked {
  readonly name: string;
  readonly text: string;
  readonly values: unknown[];
  readonly resolve: (rows: QueryResultRow[]) => void;
  readonly reject: (error: unknown) => void;
}

/** Statements that go to one connection at once: fewer packets, and still work for more than one of PostgreSQL's processes. */
const together = 4;

/** Reads outside a transaction, straight on the pool. */
@Injectable()
export class Database {
  private asked: Asked[] = [];

  constructor(private readonly dataSource: DataSource) {}

  /** The pool that TypeORM opened; one a process. */
  get pool(): Pool {
    return (this.dataSource.driver as unknown as { master: Pool }).master;
  }

  /** Runs one statement and returns its rows. */
  async query<Row extends object>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return this.withClient(async (client) => (await client.query<Row>(sql, [...parameters])).rows);
  }

  /**
   * Runs one statement that PostgreSQL keeps parsed and planned under a name, for reads that every request makes.
   * Those that are asked for in one turn of the event loop share connections and packets; each answers for itself.
   * Each is planned once a connection, for whatever values.
   */
  prepared<Row extends object>(name: string, text: string, parameters: readonly unknown[]): Promise<Row[]> {
    return new Promise((resolve, reject) => {
      if (this.asked.length === 0) setImmediate(() => this.send());
      const answer = resolve as unknown as Asked['resolve'];
      this.asked.push({ name, text, values: [...parameters], resolve: answer, reject });
    });
  }

  /** Lends one connection for something that must not change it in between; it is given back afterwards. */
  async withClient<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    planByValues(client);
    try {
      const result = await work(client);
      client.release();
      return result;
    } catch (error) {
      client.release(error as Error);
      throw error;
    }
  }

  private send(): void {
    const { asked } = this;
    this.asked = [];
    for (let from = 0; from < asked.length; from += together) void this.sendSome(asked.slice(from, from + together));
  }

  private async sendSome(asked: readonly Asked[]): Promise<void> {
    let client: PoolClient;
    try {
      client = await this.pool.connect();
    } catch (error) {
      for (const { reject } of asked) reject(error);
      return;
    }
    sendTogether(client);
    let failure: Error | undefined;
    planOnce(client);
    await Promise.all(
      asked.map(({ name, text, values, resolve, reject }) =>
        client.query<QueryResultRow>({ name, text, values }).then(
          ({ rows }) => resolve(rows),
          (error: Error) => {
            failure = error;
            reject(error);
          },
        ),
      ),
    );
    client.release(failure);
  }
}
