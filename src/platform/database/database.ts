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
/** Unanswered statements of a connection that make another worth opening: to open it takes as long as to answer some. */
const busy = 2 * together;

/** A connection that is lent to reads, with the number of those it has yet to answer. */
interface Reader {
  readonly client: Promise<PoolClient>;
  unanswered: number;
  failure?: Error;
}

/** Reads outside a transaction, straight on the pool. */
@Injectable()
export class Database {
  private asked: Asked[] = [];
  private readonly readers = new Set<Reader>();

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
   * However many are asked, they leave half of the pool to transactions, and use few connections, on which all is planned already.
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
    const reader = this.reader();
    reader.unanswered += asked.length;
    try {
      const client = await reader.client;
      sendTogether(client);
      await Promise.all(asked.map((each) => this.answer(client, reader, each)));
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
    reader.unanswered -= asked.length;
    if (reader.unanswered > 0) return;
    this.readers.delete(reader);
    (await reader.client.catch(() => undefined))?.release(reader.failure);
  }

  /** The least busy connection, or one more: as long as less than half of the pool reads, and others stand idle or all are very busy. */
  private reader(): Reader {
    const [idlest] = [...this.readers].sort((one, other) => one.unanswered - other.unanswered);
    const isFull = this.readers.size >= Math.ceil(this.pool.options.max / 2);
    const isWaiting = this.pool.idleCount === 0 && (idlest?.unanswered ?? Infinity) < busy;
    if (idlest !== undefined && (isFull || isWaiting)) return idlest;
    const client = this.pool.connect().then((lent) => {
      planOnce(lent);
      return lent;
    });
    const reader = { client, unanswered: 0 };
    this.readers.add(reader);
    return reader;
  }

  private async answer(client: PoolClient, reader: Reader, asked: Asked): Promise<void> {
    const { name, text, values, resolve, reject } = asked;
    try {
      resolve((await client.query<QueryResultRow>({ name, text, values })).rows);
    } catch (error) {
      // Nobody else is to ask where something went wrong.
      this.readers.delete(reader);
      reader.failure = error as Error;
      reject(error);
    }
  }
}
