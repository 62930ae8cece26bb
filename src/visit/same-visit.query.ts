import type { Tx } from '../platform/database/transactions.js';

/** Whom, where and when a visit is looked for. */
export interface SameVisit {
  readonly storeId: string;
  readonly customerId: string;
  /** The local date of the store. */
  readonly day: string;
  readonly at: Date;
}

/**
 * The visit of this store in which this customer is, or was at that instant: recognised, or by the visit's own record.
 * Read under the customer's lock, so that two tablets cannot both find none.
 */
export async function sameVisit(tx: Tx, { storeId, customerId, day, at }: SameVisit): Promise<string | undefined> {
  const [row] = await tx.prepared<{ id: string }>(
    'visit-same',
    // From her few records to their visits, never through all visits of the day.
    `SELECT v.id FROM membership m JOIN visit v
       ON v.recognised_record_id = m.record_id OR v.record_id = m.record_id
     WHERE m.customer_id = $2 AND v.store_id = $1 AND v.day = $3
       AND (v.state IN ('EXPECTED', 'WAITING', 'SERVING', 'AWAY') OR (v.arrived_at <= $4 AND v.ended_at > $4))
     ORDER BY v.state <> 'EXPECTED' DESC, v.arrived_at, v.id LIMIT 1`,
    [storeId, customerId, day, at],
  );
  return row?.id;
}

/** Where and for whom a visit of several people is looked for. */
export interface SameSeveral extends Pick<SameVisit, 'storeId' | 'day'> {
  /** Those she may be. */
  readonly recordIds: readonly string[];
  /** The record of what she shows. */
  readonly shownId: string | null;
}

/** The visit, not over yet, whose visitor may be the same one: by its own record, or as one of several she may be. */
export async function sameOfSeveral(
  tx: Tx,
  { storeId, day, recordIds, shownId }: SameSeveral,
): Promise<string | undefined> {
  const [row] = await tx.prepared<{ id: string }>(
    'visit-same-of-several',
    `SELECT v.id FROM visit v
     WHERE v.store_id = $1 AND v.day = $2 AND v.state IN ('WAITING', 'SERVING', 'AWAY') AND (
       v.record_id = ANY($3::uuid[]) OR EXISTS (
         SELECT FROM visit_candidate c WHERE c.visit_id = v.id AND c.record_id = $4 AND v.recognised_record_id IS NULL
       ))
     ORDER BY v.arrived_at, v.id LIMIT 1`,
    [storeId, day, recordIds, shownId],
  );
  return row?.id;
}
