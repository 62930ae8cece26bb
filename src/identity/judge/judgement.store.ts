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
  tx.send(
    'identity-judge',
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

/** Whether a person's word on each of these pairs of `a` with others stands already, said by her, and nobody has said another since. */
export async function isSaidAlready(tx: Tx, judging: Judging, others: readonly string[]): Promise<boolean> {
  if (judging.by.id === undefined) return false;
  const pairs = others.map((other) => pairOf(judging.a, other));
  const [said] = await tx.query<{ pairs: number }>(
    `SELECT count(*)::int AS pairs FROM unnest($1::uuid[], $2::uuid[]) AS w (lo, hi) CROSS JOIN LATERAL (
       SELECT j.verdict, j.by_kind, j.by_id, j.visit_id FROM judgement j
       WHERE j.lo = w.lo AND j.hi = w.hi AND j.revoked_at IS NULL ORDER BY j.at DESC, j.id DESC LIMIT 1
     ) last WHERE last.verdict = $3 AND last.by_kind = $4 AND last.by_id = $5 AND last.visit_id IS NOT DISTINCT FROM $6`,
    [
      pairs.map(({ lo }) => lo),
      pairs.map(({ hi }) => hi),
      judging.verdict,
      judging.by.kind,
      judging.by.id,
      judging.visitId ?? null,
    ],
  );
  return said?.pairs === others.length;
}

/** Whether `a` is the own record of the visit on which it is judged. */
export async function isVisitOf(tx: Tx, { a, visitId }: Judging): Promise<boolean> {
  if (visitId === undefined) return false;
  return (await tx.query('SELECT FROM record WHERE id = $1 AND source_key = $2', [a, visitId])).length > 0;
}

/** Takes back every *different* in force between one's own records and the others, because somebody says that they are the same; whether there was any. */
export async function revokeDifferences(
  tx: Tx,
  { own, others, by, now }: { own: readonly string[]; others: readonly string[]; by: Judge; now: Date },
): Promise<boolean> {
  const revoked = await tx.query<{ id: string }>(
    `UPDATE judgement SET revoked_at = $3, revoked_by = $4
     WHERE ((lo = ANY($1::uuid[]) AND hi = ANY($2::uuid[])) OR (lo = ANY($2::uuid[]) AND hi = ANY($1::uuid[])))
       AND revoked_at IS NULL AND verdict = 'different' RETURNING id`,
    [own, others, now, by.id ?? null],
  );
  return revoked.length > 0;
}

/** What one sentence said of several pairs, and what it took back of earlier words. */
export interface Breath {
  readonly said: readonly Said[];
  readonly tookBack: readonly Said[];
}

/** One judgement by its id and pair. */
export interface Said {
  readonly id: string;
  readonly lo: string;
  readonly hi: string;
}

/** The breath in which a judgement in force was spoken; empty when it is not in force. */
export async function breathOf(tx: Tx, id: string): Promise<Breath> {
  const said = await tx.query<Said>(
    `SELECT j.id, j.lo, j.hi FROM judgement named JOIN judgement j ON j.at = named.at AND j.why = named.why
       AND j.verdict = named.verdict AND j.by_id IS NOT DISTINCT FROM named.by_id
       AND j.visit_id IS NOT DISTINCT FROM named.visit_id AND j.revoked_at IS NULL
       AND (j.lo IN (named.lo, named.hi) OR j.hi IN (named.lo, named.hi))
     WHERE named.id = $1 AND named.revoked_at IS NULL ORDER BY j.id`,
    [id],
  );
  const tookBack = await tx.query<Said>(
    `SELECT j.id, j.lo, j.hi FROM judgement named JOIN judgement j ON j.revoked_at = named.at
       AND (j.revoked_by = named.by_id OR (j.revoked_by IS NULL AND named.by_id IS NULL
         AND (j.lo IN (named.lo, named.hi) OR j.hi IN (named.lo, named.hi))))
     WHERE named.id = $1 AND named.revoked_at IS NULL AND named.verdict = 'same' AND j.verdict = 'different'
     ORDER BY j.id`,
    [id],
  );
  return { said, tookBack };
}

/** Takes a breath back: what it said is no longer in force, what it had taken back is again. */
export async function unsay(tx: Tx, { said, tookBack }: Breath, by: Judge, now: Date): Promise<void> {
  await tx.query('UPDATE judgement SET revoked_at = $2, revoked_by = $3 WHERE id = ANY($1::uuid[])', [
    said.map(({ id }) => id),
    now,
    by.id ?? null,
  ]);
  await tx.query('UPDATE judgement SET revoked_at = NULL, revoked_by = NULL WHERE id = ANY($1::uuid[])', [
    tookBack.map(({ id }) => id),
  ]);
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
