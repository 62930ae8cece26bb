import { Injectable } from '@nestjs/common';
import type { Pool, PoolClient } from 'pg';
import { DataSource } from 'typeorm';

/** Reads outside a transaction, straight on the pool. */
@Injectable()
export class Database {
  constructor(private readonly dataSource: DataSource) {}

  /** The pool that TypeORM opened; one a process. */
  get pool(): Pool {
    return (this.dataSource.driver as unknown as { master: Pool }).master;
  }

  /** Runs one statement and returns its rows. */
  async query<Row extends object>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const { rows } = await this.pool.query<Row>(sql, [...parameters]);
    return rows;
  }

  /** Runs one statement that PostgreSQL keeps parsed and planned under a name, for reads that every request makes. */
  async prepared<Row extends object>(name: string, sql: string, parameters: readonly unknown[]): Promise<Row[]> {
    const { rows } = await this.pool.query<Row>({ name, text: sql, values: [...parameters] });
    return rows;
  }

  /** Lends one connection for something that must not change it in between; it is given back afterwards. */
  async withClient<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    try {
      return await work(client);
    } finally {
      client.release();
    }
  }
}
