import type { Tx } from '../../platform/database/transactions.js';
import { reweighed } from '../evidence/levels.rules.js';
import type { Evidence } from '../evidence/evidence.js';
import type { Model } from '../evidence/model.js';
import { weighSql } from '../evidence/weigh.sql.js';
import { identifierKinds } from '../identifier-kinds.js';
import { partition } from '../partition/partition.rules.js';
import { liveRecord } from '../record/record.rules.js';
import { readById } from '../record/record.store.js';
import { customersOf } from '../resolve/membership.query.js';
import { Region } from '../resolve/region.js';
import { type Difference, differenceOf } from './difference.rules.js';

/** Edges whose ends are followed; beyond, the counts say how many more there are. */
const mostFollowed = 2000;

/** What a model would change: stored edges that would begin or cease to join, and the customers around them. */
export interface Preview extends Difference {
  /** Stored edges. */
  edges: number;
  beginToJoin: number;
  ceaseToJoin: number;
  /** Records around those edges that were decided anew for this preview; not all of them when there are too many. */
  records: number;
  isWhole: boolean;
}

interface Crossing {
  lo: string;
  hi: string;
  joins: boolean;
  evidence: Evidence[];
}

/** Weighs every stored edge anew in PostgreSQL, and decides who would be whose around those that cross the threshold. */
export async function preview(tx: Tx, model: Model): Promise<Preview> {
  await tx.query(
    `CREATE TEMP TABLE reweighed ON COMMIT DROP AS
     SELECT lo, hi, weight >= ${model.automatic} AS joined, ${weighSql('evidence', model)} >= ${model.automatic} AS joins
     FROM edge WHERE kind = 'scored' AND effective`,
  );
  const [counts] = await tx.query<{ edges: number; begin: number; cease: number }>(
    `SELECT count(*)::int AS edges, count(*) FILTER (WHERE joins AND NOT joined)::int AS begin,
       count(*) FILTER (WHERE joined AND NOT joins)::int AS cease FROM reweighed`,
  );
  const crossing = await tx.query<Crossing>(
    `SELECT e.lo, e.hi, w.joins, e.evidence FROM reweighed w JOIN edge e ON e.lo = w.lo AND e.hi = w.hi AND e.kind = 'scored'
     WHERE w.joins <> w.joined ORDER BY e.lo, e.hi LIMIT ${mostFollowed}`,
  );
  const { edges = 0, begin: beginToJoin = 0, cease: ceaseToJoin = 0 } = counts ?? {};
  const around = await decideAround(tx, crossing, model);
  return { edges, beginToJoin, ceaseToJoin, isWhole: crossing.length === beginToJoin + ceaseToJoin, ...around };
}

async function decideAround(
  tx: Tx,
  crossing: readonly Crossing[],
  model: Model,
): Promise<Difference & { records: number }> {
  const ends = await readById(tx, [...new Set(crossing.flatMap(({ lo, hi }) => [lo, hi]))]);
  if (ends.length === 0) return { records: 0, ...differenceOf([], new Map()) };
  const region = new Region(tx, identifierKinds, Number.POSITIVE_INFINITY);
  await region.grow(new Map(ends.map((record) => [record.id, liveRecord(record)])));
  const input = region.input();
  const inside = new Set(input.records.map(({ id }) => id));
  const fresh = crossing.filter(({ lo, hi, joins }) => joins && inside.has(lo) && inside.has(hi));
  const edges = [...input.edges, ...fresh].map(({ lo, hi, evidence }) => ({
    lo,
    hi,
    evidence: reweighed(evidence, model),
  }));
  const { clusters } = partition({ ...input, edges, model });
  const records = input.records.map(({ id }) => id);
  return { records: records.length, ...differenceOf(clusters, await customersOf(tx, records)) };
}
