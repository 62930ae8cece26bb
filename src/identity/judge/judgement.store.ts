import type { Tx } from '../../platform/database/transactions.js';
import { newId } from '../../shared/ids.js';

/** Who judges: a member of staff, a visitor's own link, a rule of the house. */
export interface Judge {
  kind: string;
  id?: string | undefined;
}

/** A person's word on two records. */
export interface Judging {
  a: string;
  b: string;
  verdict: 'same' | 'different' | 'unsure';
  by: Judge;
  visitId?: string | undefined;
  why: string;
}

/** Two records in the order in which pairs are kept. */
export function pairOf(a: string, b: string): { lo: string; hi: string } {
  return a < b ? { lo: a, hi: b } : { lo: b, hi: a };
}

/** Writes one judgement on each of these pairs of `a` with others. */
export async function insertJudgements(
  tx: Tx,
  judging: Judging,
  others: readonly string[],
  now: Date,
): Promise<string[]> {
  const ids = others.map(() => newId());
  const pairs = others.map((other) => pairOf(judging.a, other));
  await tx.query(
    `INSERT INTO judgement (id, lo, hi, verdict, by_kind, by_id, visit_id, why, at)
     SELECT id, lo, hi, $4, $5, $6, $7, $8, $9 FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS w (id, lo, hi)`,
    [
      ids,
      pairs.map(({ lo }) => lo),
      pairs.map(({ hi }) => hi),
      judging.verdict,
      judging.by.kind,
      judging.by.id ?? null,
      judging.visitId ?? null,
      judging.why,
      now,
    ],
  );
  return ids;
}

/** Revokes what is in force between `a` and each of the others; `verdict` narrows it. */
export async function revokeBetween(
  tx: Tx,
  { a, others, verdict, by, now }: { a: string; others: readonly string[]; verdict?: string; by: Judge; now: Date },
): Promise<void> {
  const pairs = others.map((other) => pairOf(a, other));
  await tx.query(
    `UPDATE judgement j SET revoked_at = $3, revoked_by = $4 FROM unnest($1::uuid[], $2::uuid[]) AS w (lo, hi)
     WHERE j.lo = w.lo AND j.hi = w.hi AND j.revoked_at IS NULL AND ($5::text IS NULL OR j.verdict = $5)`,
    [pairs.map(({ lo }) => lo), pairs.map(({ hi }) => hi), now, by.id ?? null, verdict ?? null],
  );
}

/** The records with which `a` was judged in one breath with `b`: what one sentence said is unsaid together. */
export async function judgedTogether(tx: Tx, a: string, b: string): Promise<string[]> {
  const { lo, hi } = pairOf(a, b);
  const rows = await tx.query<{ other: string }>(
    `SELECT CASE WHEN j.lo = $3 THEN j.hi ELSE j.lo END AS other FROM judgement said
     JOIN judgement j ON j.at = said.at AND j.why = said.why AND j.by_id IS NOT DISTINCT FROM said.by_id
       AND j.visit_id IS NOT DISTINCT FROM said.visit_id AND $3 IN (j.lo, j.hi) AND j.revoked_at IS NULL
     WHERE said.lo = $1 AND said.hi = $2 AND said.revoked_at IS NULL`,
    [lo, hi, a],
  );
  return [...new Set([b, ...rows.map((row) => row.other)])];
}

/** The own records of visits on which somebody was greeted as the person of this record: they go where it goes. */
export async function visitsOf(tx: Tx, recordId: string): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>(
    `SELECT r.id FROM (
       SELECT j.hi AS other, j.visit_id FROM judgement j
       WHERE j.lo = $1 AND j.verdict = 'same' AND j.revoked_at IS NULL AND j.visit_id IS NOT NULL
       UNION ALL
       SELECT j.lo, j.visit_id FROM judgement j
       WHERE j.hi = $1 AND j.verdict = 'same' AND j.revoked_at IS NULL AND j.visit_id IS NOT NULL
     ) greeted JOIN record r ON r.id = greeted.other AND r.source_key = greeted.visit_id::text`,
    [recordId],
  );
  return new Set(rows.map((row) => row.id));
}
