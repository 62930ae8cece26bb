import type { Evidence } from '../evidence/evidence.js';
import type { Reads } from '../find.query.js';
import { openPairs } from './open-pairs.sql.js';

/** A pair that waits for a judgement. */
export interface OpenPair {
  lo: string;
  hi: string;
  weight: string;
  evidence: Evidence[];
}

/** Where a page of the queue ended. */
export interface QueuePlace {
  weight: string;
  lo: string;
  hi: string;
}

/** The likeliest open pairs behind a place, the likeliest first. */
export async function openPairsAfter(db: Reads, count: number, place: QueuePlace | undefined): Promise<OpenPair[]> {
  return db.query<OpenPair>(
    `WITH ${openPairs}
     SELECT lo, hi, weight::text AS weight, evidence FROM open_pair
     WHERE $2::real IS NULL OR (-weight, lo, hi) > (-($2::real), $3::uuid, $4::uuid)
     ORDER BY -weight, lo, hi LIMIT $1`,
    [count, place?.weight ?? null, place?.lo ?? null, place?.hi ?? null],
  );
}

/** The cursor of a pair. */
export function writeCursor({ weight, lo, hi }: QueuePlace): string {
  return Buffer.from(`${weight} ${lo} ${hi}`).toString('base64url');
}

/** Reads a cursor of this queue; undefined when it is none. */
export function readCursor(cursor: string): QueuePlace | undefined {
  const [, weight, lo, hi] =
    /^(\d+(?:\.\d+)?) ([0-9a-f-]{36}) ([0-9a-f-]{36})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  return weight && lo && hi ? { weight, lo, hi } : undefined;
}
