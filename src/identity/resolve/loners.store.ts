import type { Tx } from '../../platform/database/transactions.js';
import { newId } from '../../shared/ids.js';
import { valueId } from '../partition/live-record.js';
import type { StoredRecord } from '../record/record.rules.js';

/** Of the values that these records bear asserted those that a stored record bears too. */
export async function borneBefore(tx: Tx, records: readonly StoredRecord[]): Promise<Set<string>> {
  const values = new Map(records.flatMap(assertedOf).map(({ kind, key }) => [valueId(kind, key), { kind, key }]));
  if (values.size === 0) return new Set();
  const rows = await tx.prepared<{ kind: string; key: string }>(
    'identity-borne-before',
    `SELECT kind, key FROM unnest($1::text[], $2::text[]) AS w (kind, key)
     WHERE EXISTS (SELECT FROM identifier i WHERE i.kind = w.kind AND i.key = w.key AND i.asserted)`,
    [[...values.values()].map(({ kind }) => kind), [...values.values()].map(({ key }) => key)],
  );
  return new Set(rows.map(({ kind, key }) => valueId(kind, key)));
}

/** Of these new records those that bear a value which a stored record, or another one of `all`, bears too. */
export function withFellows(
  records: readonly StoredRecord[],
  all: readonly StoredRecord[],
  borne: ReadonlySet<string>,
): Set<string> {
  const bearers = new Map<string, number>();
  for (const record of all)
    for (const { kind, key } of assertedOf(record))
      bearers.set(valueId(kind, key), (bearers.get(valueId(kind, key)) ?? 0) + 1);
  const isShared = ({ kind, key }: { kind: string; key: string }): boolean =>
    borne.has(valueId(kind, key)) || (bearers.get(valueId(kind, key)) ?? 0) > 1;
  return new Set(records.filter((record) => assertedOf(record).some(isShared)).map(({ id }) => id));
}

function assertedOf({ identifiers }: StoredRecord): { kind: string; key: string }[] {
  return identifiers.filter((one) => one.asserted);
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
