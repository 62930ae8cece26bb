import type { Tx } from '../../platform/database/transactions.js';
import type { Reads } from '../find.query.js';

/** The customers of these records. */
export async function customersOf(
  db: Pick<Tx, 'prepared'>,
  recordIds: readonly string[],
): Promise<Map<string, string>> {
  if (recordIds.length === 0) return new Map();
  const rows = await db.prepared<{ record_id: string; customer_id: string }>(
    'identity-customers-of',
    'SELECT record_id, customer_id FROM membership WHERE record_id = ANY($1::uuid[])',
    [recordIds],
  );
  return new Map(rows.map((row) => [row.record_id, row.customer_id]));
}

/** The records of the customer of `b`, `a` left out: those from which `a` is set apart, or to which it comes back. */
export async function companions(db: Reads, a: string, b: string): Promise<string[]> {
  const rows = await db.query<{ record_id: string }>(
    `SELECT other.record_id FROM membership mine JOIN membership other USING (customer_id)
     WHERE mine.record_id = $1 AND other.record_id NOT IN ($1, $2) ORDER BY other.record_id`,
    [b, a],
  );
  return [b, ...rows.map((row) => row.record_id)];
}

/** The records of these customers but for some, each with its customer. */
export async function fellows(
  db: Reads,
  customerIds: readonly string[],
  without: readonly string[],
): Promise<Map<string, string>> {
  const rows = await db.query<{ record_id: string; customer_id: string }>(
    'SELECT record_id, customer_id FROM membership WHERE customer_id = ANY($1::uuid[]) AND record_id <> ALL($2::uuid[])',
    [customerIds, without],
  );
  return new Map(rows.map((row) => [row.record_id, row.customer_id]));
}
