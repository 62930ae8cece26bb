import type { Tx } from '../platform/database/transactions.js';

/** What a check-in needs to know of its store, and the source of its visits' records. */
export interface VisitStore {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  readonly closesAt: string;
  readonly source: { readonly id: string; readonly code: string; readonly country: string; readonly trusted: boolean };
}

interface Row {
  id: string;
  name: string;
  time_zone: string;
  closes_at: string;
  source_id: string;
  source_code: string;
  country: string;
}

/** Reads a store with the source that was opened with it. @throws when the store or its source is gone. */
export async function visitStore(tx: Tx, storeId: string): Promise<VisitStore> {
  const [row] = await tx.prepared<Row>(
    'visit-store',
    `SELECT s.id, s.name, s.time_zone, s.closes_at, o.id AS source_id, o.code AS source_code, s.country
     FROM store s JOIN source o ON o.code = 'store:' || s.code WHERE s.id = $1`,
    [storeId],
  );
  if (!row) throw new Error(`Store ${storeId} has no source of its own; add stores with "npx foyer store add".`);
  // What is said at the door is a claim, however far the store itself is trusted.
  const source = { id: row.source_id, code: row.source_code, country: row.country, trusted: false };
  return { id: row.id, name: row.name, timeZone: row.time_zone, closesAt: row.closes_at, source };
}
