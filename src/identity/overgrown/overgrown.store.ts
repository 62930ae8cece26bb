import type { Tx } from '../../platform/database/transactions.js';
import type { Reads } from '../find.query.js';

/** A component of records too large to be decided while somebody waits, named by one record of it. */
export interface Overgrown {
  readonly recordId: string;
  readonly since: Date;
  /** Records it had when it was last decided; null until then. */
  readonly records: number | null;
  readonly decidedAt: Date | null;
  /** The value that most of its records hold: block it if it is a place's or staff's. */
  readonly kind: string | null;
  readonly key: string | null;
  readonly holders: number | null;
}

/** Keeps that these records hang on a component that has to be decided elsewhere. */
export async function keepOvergrown(tx: Tx, recordIds: readonly string[], now: Date): Promise<void> {
  await tx.query(
    `INSERT INTO overgrown (record_id, since) SELECT id, $2 FROM unnest($1::uuid[]) AS w (id) ON CONFLICT DO NOTHING`,
    [recordIds, now],
  );
}

/** All overgrown components, the oldest first. */
export async function listOvergrown(db: Reads): Promise<Overgrown[]> {
  return db.query<Overgrown>(
    `SELECT record_id AS "recordId", since, records, decided_at AS "decidedAt", kind, key, holders
     FROM overgrown ORDER BY since, record_id`,
  );
}

/** Replaces what was kept of these records by one row for their component, or by none when it is small again. */
export async function replaceOvergrown(
  tx: Tx,
  recordIds: readonly string[],
  component: Omit<Overgrown, 'since'> | undefined,
  now: Date,
): Promise<void> {
  const gone = await tx.query<{ since: Date }>(
    'DELETE FROM overgrown WHERE record_id = ANY($1::uuid[]) RETURNING since',
    [recordIds],
  );
  if (!component) return;
  const since = gone.map((row) => row.since).reduce((first, at) => (at < first ? at : first), now);
  const { recordId, records, decidedAt, kind, key, holders } = component;
  await tx.query(
    `INSERT INTO overgrown (record_id, since, records, decided_at, kind, key, holders) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [recordId, since, records, decidedAt, kind, key, holders],
  );
}
