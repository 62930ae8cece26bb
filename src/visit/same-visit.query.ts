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
       ON v.recognised_record_id = m.record_id OR (v.record_id = m.record_id AND v.recognised_record_id IS NULL)
     WHERE m.customer_id = $2 AND v.store_id = $1 AND v.day = $3
       AND (v.state IN ('EXPECTED', 'WAITING', 'SERVING', 'AWAY') OR (v.arrived_at <= $4 AND v.ended_at > $4))
     ORDER BY v.state <> 'EXPECTED' DESC, v.arrived_at, v.id LIMIT 1`,
    [storeId, customerId, day, at],
  );
  return row?.id;
}
