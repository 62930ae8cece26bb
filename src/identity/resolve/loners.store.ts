import type { Tx } from '../../platform/database/transactions.js';
import { newId } from '../../shared/ids.js';
import type { StoredRecord } from '../record/record.rules.js';

/** Of these new records those that bear a value which somebody else bears too. */
export async function withFellows(tx: Tx, records: readonly StoredRecord[]): Promise<Set<string>> {
  const held = records.flatMap(({ id, identifiers }) =>
    identifiers.filter((one) => one.asserted).map(({ kind, key }) => ({ id, kind, key })),
  );
  if (held.length === 0) return new Set();
  const rows = await tx.prepared<{ record_id: string }>(
    'identity-with-fellows',
    `SELECT DISTINCT w.record_id FROM unnest($1::uuid[], $2::text[], $3::text[]) AS w (record_id, kind, key)
     WHERE EXISTS (
       SELECT FROM identifier i WHERE i.kind = w.kind AND i.key = w.key AND i.record_id <> w.record_id AND i.asserted)`,
    [held.map(({ id }) => id), held.map(({ kind }) => kind), held.map(({ key }) => key)],
  );
  return new Set(rows.map((row) => row.record_id));
}

/** Writes down that each of these new records is a customer by herself. */
export async function formCustomers(tx: Tx, recordIds: readonly string[], now: Date): Promise<void> {
  tx.send(
    'identity-form-customers',
    `WITH fresh AS (SELECT * FROM unnest($1::uuid[], $2::uuid[]) AS fresh (id, change_id)),
     formed AS (INSERT INTO customer (id, created_at) SELECT id, $3 FROM fresh),
     alone AS (INSERT INTO membership (record_id, customer_id, since) SELECT id, id, $3 FROM fresh)
     INSERT INTO customer_change (id, at, kind, customer_id, cause, before, after)
     SELECT change_id, $3, 'formed', id, jsonb_build_object('why', 'observed', 'records', jsonb_build_array(id)),
       jsonb_build_object('', jsonb_build_array(id)), jsonb_build_array(id) FROM fresh`,
    [recordIds, recordIds.map(() => newId()), now],
  );
}
