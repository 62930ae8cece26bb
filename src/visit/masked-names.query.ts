import type { Tx } from '../platform/database/transactions.js';
import { maskedName, type Written } from './mask.rules.js';

/** What a masked name is made of, as two columns: the names of all records of a record's customer, the most trusted first, and what it holds. */
export const writtenNames = (recordId: string): string => `
    (SELECT json_agg(json_build_object('name', r.traits->>'name', 'givenName', r.traits->>'givenName',
              'familyName', r.traits->>'familyName') ORDER BY r.trusted DESC, r.last_seen_at DESC)
     FROM membership own
     JOIN membership m USING (customer_id)
     JOIN record r ON r.id = m.record_id
     WHERE own.record_id = ${recordId}) AS names,
    (SELECT json_agg(json_build_array(i.kind, i.key) ORDER BY i.kind) FROM identifier i
     WHERE i.record_id = ${recordId} AND i.kind IN ('email', 'loyalty', 'phone')) AS held`;

const sql = `SELECT w.record_id, ${writtenNames('w.record_id')} FROM unnest($1::uuid[]) AS w (record_id)`;

/** The masked name of each of these records' customers; a masked address or number where no name is known. */
export async function maskedNames(
  db: Pick<Tx, 'prepared'>,
  recordIds: readonly string[],
): Promise<Map<string, string>> {
  if (recordIds.length === 0) return new Map();
  const rows = await db.prepared<Written & { record_id: string }>('visit-masked-names', sql, [recordIds]);
  return new Map(rows.map((row) => [row.record_id, maskedName(row)]));
}
