import { Injectable } from '@nestjs/common';
import { Presence } from '../identity/presence.js';
import type { Tx } from '../platform/database/transactions.js';

// By the visit's own record, which is hers once she is confirmed, or the one she is taken for.
const sql = `
  SELECT DISTINCT m.customer_id FROM membership m
  WHERE m.customer_id = ANY($1::uuid[]) AND EXISTS (
    SELECT FROM visit v
    WHERE (v.record_id = m.record_id OR v.recognised_record_id = m.record_id) AND v.state IN ('WAITING', 'SERVING', 'AWAY'))`;

/** Tells the rooms above who is in a store. */
@Injectable()
export class VisitPresence {
  constructor(presence: Presence) {
    presence.knownBy((db, customerIds) => this.among(db, customerIds));
  }

  private async among(db: Pick<Tx, 'prepared'>, customerIds: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await db.prepared<{ customer_id: string }>('visit-presence', sql, [customerIds]);
    return new Set(rows.map((row) => row.customer_id));
  }
}
