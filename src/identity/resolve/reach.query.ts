import type { Tx } from '../../platform/database/transactions.js';
import type { Evidence } from '../evidence/evidence.js';
import { model } from '../evidence/model.js';
import type { Day } from '../normalise/date.rules.js';
import { mostLookAlikes } from '../partition/look-alikes.rules.js';
import type { PersonName } from '../normalise/name.rules.js';
import type { LiveJudgement, LiveRecord, ScoredEdge } from '../partition/live-record.js';
import type { Refused } from './edge.store.js';

/** A record as the region sees it, with what ties it to others and the customer it is of now. */
export interface Reached extends LiveRecord {
  customerId: string | null;
  /** Changes whenever anything about the customer has been decided anew. */
  stamp: string | null;
  /** Keys (`kind key`) that places and staff hold. */
  blocked: string[];
  judgements: LiveJudgement[];
  /** Strong edges; none when there are more than `mostLookAlikes`. */
  edges: (ScoredEdge & Refused)[];
  isCrowded: boolean;
  /** It was asked for, or is of the customer of one that was: all holders of its values came with it. */
  isNear: boolean;
}

interface ReachedRow {
  id: string;
  rank: string;
  name: PersonName | null;
  birth: Day | null;
  customer_id: string | null;
  stamp: string | null;
  held: [string, string, number, number, boolean][] | null;
  judgements: [string, string, string, LiveJudgement['verdict'], number][] | null;
  edges: [string, string, Evidence[], string | null][] | null;
  near: boolean;
}

const sql = `
  WITH near AS (
    SELECT id FROM unnest($1::uuid[]) AS given (id)
    UNION
    SELECT fellow.record_id FROM unnest($1::uuid[]) AS given (id)
    JOIN membership mine ON mine.record_id = given.id
    JOIN membership fellow ON fellow.customer_id = mine.customer_id
  ), held_value AS (
    SELECT kind, key FROM unnest($2::text[], $3::text[]) AS given (kind, key)
    UNION
    SELECT i.kind, i.key FROM near JOIN identifier i ON i.record_id = near.id
    WHERE i.asserted AND NOT EXISTS (
      SELECT FROM blocked_value b WHERE b.kind = i.kind AND b.key IN (i.key, substring(i.key FROM ':.*')))
  ), wanted AS (
    SELECT id FROM near
    UNION
    SELECT holder.record_id FROM held_value v
    CROSS JOIN LATERAL (
      SELECT i.record_id FROM identifier i WHERE i.kind = v.kind AND i.key = v.key AND i.asserted LIMIT $4
    ) AS holder
  )
  SELECT r.id, r.source_id || ' ' || r.source_key AS rank, r.normalised->'name' AS name, r.normalised->'birth' AS birth, m.customer_id, c.xmin::text AS stamp,
    (SELECT json_agg(json_build_array(i.kind, i.key,
       (extract(epoch FROM i.first_seen_at) * 1000)::float8, (extract(epoch FROM i.last_seen_at) * 1000)::float8,
       EXISTS (SELECT FROM blocked_value b WHERE b.kind = i.kind AND b.key IN (i.key, substring(i.key FROM ':.*')))))
     FROM identifier i WHERE i.record_id = r.id AND i.asserted) AS held,
    (SELECT json_agg(json_build_array(j.id, j.lo, j.hi, j.verdict, (extract(epoch FROM j.at) * 1000)::float8))
     FROM judgement j WHERE (j.lo = r.id OR j.hi = r.id) AND j.revoked_at IS NULL) AS judgements,
    (SELECT json_agg(json_build_array(e.lo, e.hi, e.evidence, e.refused)) FROM (
       SELECT * FROM edge e WHERE (e.lo = r.id OR e.hi = r.id) AND e.effective AND e.weight >= ${model.automatic}
       LIMIT ${mostLookAlikes + 1}) AS e) AS edges,
    r.id IN (SELECT id FROM near) AS near
  FROM wanted JOIN record r USING (id)
  LEFT JOIN membership m ON m.record_id = r.id
  LEFT JOIN customer c ON c.id = m.customer_id`;

/** Reads these records with all of their customers, and at most `most` asserted holders of each value of theirs and of these. */
export async function reach(
  tx: Tx,
  ids: readonly string[],
  values: readonly { kind: string; key: string }[],
  most: number,
): Promise<Reached[]> {
  const kinds = values.map((value) => value.kind);
  const keys = values.map((value) => value.key);
  const rows = await tx.prepared<ReachedRow>('identity-reach', sql, [ids, kinds, keys, most]);
  return rows.map(reached);
}

function reached(row: ReachedRow): Reached {
  const held = row.held ?? [];
  return {
    id: row.id,
    rank: row.rank,
    name: row.name ?? undefined,
    birth: row.birth ?? undefined,
    customerId: row.customer_id,
    stamp: row.stamp,
    identifiers: held.map(([kind, key, from, to]) => ({ kind, key, asserted: true, from, to })),
    blocked: held.filter(([, , , , blocked]) => blocked).map(([kind, key]) => `${kind} ${key}`),
    judgements: (row.judgements ?? []).map(([id, lo, hi, verdict, at]) => ({ id, lo, hi, verdict, at })),
    isCrowded: (row.edges?.length ?? 0) > mostLookAlikes,
    isNear: row.near,
    edges: (row.edges ?? []).map(([lo, hi, evidence, refused]) => ({ lo, hi, evidence, refused })),
  };
}
