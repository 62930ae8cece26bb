import { identifierKinds } from '../identity/identifier-kinds.js';
import type { Tx } from '../platform/database/transactions.js';
import { maskName, type WrittenName } from './mask.rules.js';

interface Row {
  record_id: string;
  names: WrittenName[] | null;
  held: [string, string][] | null;
}

// The names of all records of the same customer: the most trusted one first.
const sql = `
  SELECT w.record_id,
    (SELECT json_agg(json_build_object('name', r.traits->>'name', 'givenName', r.traits->>'givenName',
              'familyName', r.traits->>'familyName') ORDER BY r.trusted DESC, r.last_seen_at DESC)
     FROM membership own
     JOIN membership m USING (customer_id)
     JOIN record r ON r.id = m.record_id
     WHERE own.record_id = w.record_id) AS names,
    (SELECT json_agg(json_build_array(i.kind, i.key) ORDER BY i.kind) FROM identifier i
     WHERE i.record_id = w.record_id AND i.kind IN ('email', 'loyalty', 'phone')) AS held
  FROM unnest($1::uuid[]) AS w (record_id)`;

/** The masked name of each of these records' customers; a masked address or number where no name is known. */
export async function maskedNames(
  db: Pick<Tx, 'prepared'>,
  recordIds: readonly string[],
): Promise<Map<string, string>> {
  if (recordIds.length === 0) return new Map();
  const rows = await db.prepared<Row>('visit-masked-names', sql, [recordIds]);
  return new Map(rows.map((row) => [row.record_id, masked(row)]));
}

function masked({ names, held }: Row): string {
  for (const name of names ?? []) {
    const found = maskName(name);
    if (found !== undefined) return found;
  }
  const [first] = held ?? [];
  return (first && identifierKinds.get(first[0])?.mask(first[1])) ?? '…';
}
