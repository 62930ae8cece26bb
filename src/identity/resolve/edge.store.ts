import type { Tx } from '../../platform/database/transactions.js';
import type { Evidence } from '../evidence/evidence.js';

/** A compared pair as it is stored: perhaps one person (`scored`), or two of one household (`related`), which never joins. */
export interface StoredEdge {
  lo: string;
  hi: string;
  kind: 'scored' | 'related';
  weight: number;
  /** Both records may be joined by the machine. */
  effective: boolean;
  evidence: Evidence[];
}

/** An edge as it was read, with the version of the model that came to it. */
export interface KeptEdge extends StoredEdge {
  model: number;
}

/** Names a pair. */
export function pairName({ lo, hi }: { lo: string; hi: string }): string {
  return `${lo} ${hi}`;
}

const columns = 'lo, hi, kind, weight::float8, effective, evidence, model';

/** All edges of these records, locked until the transaction ends. */
export async function edgesOf(tx: Tx, ids: readonly string[]): Promise<KeptEdge[]> {
  if (ids.length === 0) return [];
  return tx.prepared<KeptEdge>(
    'identity-edges-of',
    `SELECT ${columns} FROM edge WHERE lo = ANY($1::uuid[]) OR hi = ANY($1::uuid[]) ORDER BY lo, hi FOR UPDATE`,
    [ids],
  );
}

/** The edges of which both ends are among these records, locked until the transaction ends. */
export async function edgesAmong(tx: Tx, ids: readonly string[]): Promise<KeptEdge[]> {
  return tx.prepared<KeptEdge>(
    'identity-edges-among',
    `SELECT ${columns} FROM edge WHERE lo = ANY($1::uuid[]) AND hi = ANY($1::uuid[]) ORDER BY lo, hi FOR UPDATE`,
    [ids],
  );
}

/** Writes new and changed edges, on which nothing has been decided yet, and removes those that are no more. */
export async function writeEdges(
  tx: Tx,
  written: readonly StoredEdge[],
  removed: readonly { lo: string; hi: string }[],
  model: number,
): Promise<void> {
  if (removed.length > 0) {
    tx.send(
      'identity-remove-edges',
      `DELETE FROM edge e USING unnest($1::uuid[], $2::uuid[]) AS w (lo, hi) WHERE e.lo = w.lo AND e.hi = w.hi`,
      [removed.map(({ lo }) => lo), removed.map(({ hi }) => hi)],
    );
  }
  if (written.length === 0) return;
  tx.send(
    'identity-write-edges',
    `INSERT INTO edge (lo, hi, kind, weight, effective, evidence, model)
     SELECT lo, hi, kind, weight, effective, evidence, $6
     FROM unnest($1::uuid[], $2::uuid[], $3::real[], $4::bool[], $5::jsonb[], $7::text[])
       AS w (lo, hi, weight, effective, evidence, kind)
     ON CONFLICT (lo, hi, kind) DO UPDATE SET weight = excluded.weight, effective = excluded.effective,
       evidence = excluded.evidence, model = excluded.model, refused = NULL`,
    [
      written.map(({ lo }) => lo),
      written.map(({ hi }) => hi),
      written.map(({ weight }) => weight),
      written.map(({ effective }) => effective),
      written.map(({ evidence }) => JSON.stringify(evidence)),
      model,
      written.map(({ kind }) => kind),
    ],
  );
}

/** Notes that this version of the model came to the same; what was decided on these edges stays. */
export function noteModel(tx: Tx, edges: readonly { lo: string; hi: string }[], model: number): void {
  if (edges.length === 0) return;
  tx.send(
    'identity-note-model',
    `UPDATE edge e SET model = $3 FROM unnest($1::uuid[], $2::uuid[]) AS w (lo, hi) WHERE e.lo = w.lo AND e.hi = w.hi`,
    [edges.map(({ lo }) => lo), edges.map(({ hi }) => hi), model],
  );
}

/** A pair, and which guard holds it apart; null for none. */
export interface Refused {
  lo: string;
  hi: string;
  refused: string | null;
}

/** Notes which guard holds each of these pairs apart; edges of a crowded record are refused by none, as they say nothing. */
export function noteRefusals(tx: Tx, noted: readonly Refused[], crowded: readonly string[]): void {
  if (noted.length > 0)
    tx.send(
      'identity-note-refusals',
      `UPDATE edge e SET refused = w.refused FROM (
         SELECT f.lo, f.hi, w.refused FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS w (lo, hi, refused)
         JOIN edge f ON f.lo = w.lo AND f.hi = w.hi AND f.kind = 'scored' ORDER BY f.lo, f.hi FOR UPDATE OF f
       ) w WHERE e.lo = w.lo AND e.hi = w.hi AND e.kind = 'scored'`,
      [noted.map(({ lo }) => lo), noted.map(({ hi }) => hi), noted.map(({ refused }) => refused)],
    );
  if (crowded.length > 0)
    tx.send(
      'identity-forget-refusals',
      `UPDATE edge SET refused = NULL WHERE (lo = ANY($1::uuid[]) OR hi = ANY($1::uuid[])) AND refused IS NOT NULL`,
      [crowded],
    );
}
