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
    `SELECT v.id FROM visit v JOIN membership m ON m.record_id = coalesce(v.recognised_record_id, v.record_id)
     WHERE v.store_id = $1 AND v.day = $3 AND m.customer_id = $2
       AND (v.state IN ('EXPECTED', 'WAITING', 'SERVING', 'AWAY') OR (v.arrived_at <= $4 AND v.ended_at > $4))
     ORDER BY v.state <> 'EXPECTED' DESC, v.arrived_at, v.id LIMIT 1`,
    [storeId, customerId, day, at],
  );
  return row?.id;
}
