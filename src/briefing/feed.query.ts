import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import { after, days } from '../shared/clock.js';
import type { ArrivalKind } from '../visit/visit.words.js';

/** One number of a store's feed. */
export interface FeedRow {
  readonly seq: bigint;
  readonly kind: ArrivalKind;
  readonly visitId: string;
}

/** How long feeds are kept; who was away longer reloads the board. */
export const feedKeptFor = days(7);

/** Rows taken at once. */
export const feedPage = 100;

/** Reads the feeds of stores; each read is one indexed row or range. */
@Injectable()
export class FeedQuery {
  constructor(private readonly database: Database) {}

  /** The number a store's feed has come to. */
  async place(storeId: string): Promise<bigint> {
    const [row] = await this.database.prepared<{ seq: string }>(
      'feed-place',
      'SELECT seq FROM store_feed WHERE store_id = $1',
      [storeId],
    );
    return BigInt(row?.seq ?? 0);
  }

  /** What comes after a number, in order, a page at most. */
  async after(storeId: string, seq: bigint): Promise<FeedRow[]> {
    const rows = await this.database.prepared<{ seq: string; kind: ArrivalKind; visitId: string }>(
      'feed-after',
      `SELECT seq, kind, visit_id AS "visitId" FROM feed_entry
       WHERE store_id = $1 AND seq > $2 ORDER BY seq LIMIT ${feedPage}`,
      [storeId, seq.toString()],
    );
    return rows.map((row) => ({ ...row, seq: BigInt(row.seq) }));
  }

  /** Whether everything after a number is still there and not older than feeds are kept. */
  async reaches(storeId: string, seq: bigint, now: Date): Promise<boolean> {
    const [row] = await this.database.prepared<{ last: string | null; next: string | null; at: Date | null }>(
      'feed-reaches',
      `SELECT f.seq AS last, e.seq AS next, e.at
       FROM (VALUES ($1::uuid)) AS asked (store_id)
       LEFT JOIN store_feed f USING (store_id)
       LEFT JOIN LATERAL (
         SELECT seq, at FROM feed_entry WHERE store_id = asked.store_id AND seq > $2 ORDER BY seq LIMIT 1
       ) e ON true`,
      [storeId, seq.toString()],
    );
    if (!row || row.next === null || row.at === null) return BigInt(row?.last ?? 0) === seq;
    return BigInt(row.next) === seq + 1n && row.at >= after(now, -feedKeptFor);
  }

  /** Removes what is older than feeds are kept; whether there may be more. */
  async trim(now: Date): Promise<boolean> {
    const rows = await this.database.query<{ seq: string }>(
      `DELETE FROM feed_entry WHERE (store_id, seq) IN (
         SELECT store_id, seq FROM feed_entry WHERE at < $1 ORDER BY at LIMIT ${trimmedAtOnce}
       ) RETURNING seq`,
      [after(now, -feedKeptFor)],
    );
    return rows.length === trimmedAtOnce;
  }
}

const trimmedAtOnce = 5000;
