import type { Evidence } from '../evidence/evidence.js';
import { model } from '../evidence/model.js';
import type { Reads } from '../find.query.js';
import { ends, isDoubtful, isOpen, isQuestion, isRefused, placeOf } from './open-pairs.sql.js';

/** A pair that waits for a judgement. */
export interface OpenPair {
  lo: string;
  hi: string;
  weight: string;
  evidence: Evidence[];
  /** Which guard holds it apart, as `Refusal`; null where it is only likely. */
  refused: string | null;
}

/** Where a page of the queue ended. */
export interface QueuePlace {
  weight: string;
  lo: string;
  hi: string;
}

const highest = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const beginning: QueuePlace = { weight: 'Infinity', lo: highest, hi: highest };
/** From where on pairs are in doubt, so that the certain ones before them are not read. */
const beginningOfDoubt: QueuePlace = { weight: String(model.automatic), lo: highest, hi: highest };

/** Edges read at once; those that are no question any more are passed over. */
const atOnce = 200;

const range = (which: (of: string) => string, behind: string): string =>
  `(SELECT * FROM edge e WHERE ${which('e')} AND (${placeOf('e')}) > (${behind}) ORDER BY ${placeOf('e')} LIMIT $1)`;

// The ranges are cut out first: what the rest costs depends on their size, not on how many edges there are.
const sql = `
  SELECT e.lo, e.hi, e.weight::text AS weight, e.refused, CASE WHEN asked.is_open THEN e.evidence END AS evidence
  FROM (
    SELECT * FROM (
      ${range(isRefused, '- $2::real, $3::uuid, $4::uuid')}
      UNION ALL
      ${range(isDoubtful, '- $5::real, $6::uuid, $7::uuid')}
    ) e ORDER BY ${placeOf('e')} LIMIT $1
  ) e
  ${ends}
  CROSS JOIN LATERAL (SELECT ${isOpen} AS is_open) asked
  ORDER BY ${placeOf('e')}`;

/** The likeliest open pairs behind a place, the likeliest first. */
export async function openPairsAfter(db: Reads, count: number, from = beginning): Promise<OpenPair[]> {
  const pairs: OpenPair[] = [];
  for await (const pair of openPairsFrom(db, from)) if (pairs.push(pair) === count) break;
  return pairs;
}

/** How many pairs wait, counted up to `most`. */
export async function countOpenPairs(db: Reads, most: number): Promise<number> {
  return (await openPairsAfter(db, most)).length;
}

async function* openPairsFrom(db: Reads, from: QueuePlace): AsyncGenerator<OpenPair> {
  for (let place: QueuePlace | undefined = from; place;) {
    const doubt: QueuePlace = Number(place.weight) < model.automatic ? place : beginningOfDoubt;
    const places = [place, doubt].flatMap(({ weight, lo, hi }) => [weight, lo, hi]);
    const rows: (Omit<OpenPair, 'evidence'> & { evidence: Evidence[] | null })[] = await db.query(sql, [
      atOnce,
      ...places,
    ]);
    for (const { evidence, ...row } of rows) if (evidence) yield { ...row, evidence };
    place = rows.length === atOnce ? rows.at(-1) : undefined;
  }
}

/** Of these pairs those that wait for a judgement. */
export async function openAmong(
  db: Reads,
  pairs: readonly { lo: string; hi: string }[],
): Promise<{ lo: string; hi: string }[]> {
  if (pairs.length === 0) return [];
  return db.query(
    `SELECT e.lo, e.hi FROM unnest($1::uuid[], $2::uuid[]) AS w (lo, hi) JOIN edge e ON e.lo = w.lo AND e.hi = w.hi
     ${ends} WHERE ${isQuestion('e')} AND ${isOpen}`,
    [pairs.map(({ lo }) => lo), pairs.map(({ hi }) => hi)],
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
