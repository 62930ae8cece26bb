import type { Tx } from '../../platform/database/transactions.js';
import { newId } from '../../shared/ids.js';
import { customersOf } from './membership.query.js';
import type { CustomerChange, Reassignment } from './reassign.rules.js';

/** The customers each open transaction holds. */
const held = new WeakMap<Tx, Set<string>>();

/** The customers this transaction has locked: nobody else changes what is decided of them. */
export function heldBy(tx: Tx): ReadonlySet<string> {
  return held.get(tx) ?? new Set();
}

function hold(tx: Tx, ids: Iterable<string>): void {
  held.set(tx, new Set([...heldBy(tx), ...ids]));
}

/** Locks whoever a record belongs to and says who that is now: after a wait, perhaps another than the one who was locked. */
export async function lockCustomerOf(
  tx: Tx,
  recordId: string,
): Promise<{ locked: string | undefined; present: string | undefined }> {
  const [locked, present] = await Promise.all([
    tx.prepared<{ id: string }>(
      'identity-lock-customer-of',
      `SELECT c.id FROM membership m JOIN customer c ON c.id = m.customer_id WHERE m.record_id = $1 FOR UPDATE OF c`,
      [recordId],
    ),
    customersOf(tx, [recordId]),
  ]);
  const [customer] = locked;
  if (customer) hold(tx, [customer.id]);
  return { locked: customer?.id, present: present.get(recordId) };
}

/** Locks these customers in the order of their ids and returns their stamps. */
export async function lockCustomers(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.prepared<{ id: string; stamp: string }>(
    'identity-lock-customers',
    'SELECT id, xmin::text AS stamp FROM customer WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE',
    [ids],
  );
  const stamps = new Map(rows.map(({ id, stamp }) => [id, stamp]));
  hold(tx, stamps.keys());
  return stamps;
}

/**
 * Gives every customer of the region a fresh stamp, so that whoever looked at them before looks again; raises the
 * version of those that changed, and `separations` of those that lost a record. Unknown customers are made.
 */
export async function stampCustomers(
  tx: Tx,
  customers: ReadonlyMap<string, { changed: boolean; lost: boolean }>,
  now: Date,
): Promise<void> {
  const ids = [...customers.keys()].sort();
  tx.send(
    'identity-stamp-customers',
    `INSERT INTO customer AS c (id, created_at, version, separations)
     SELECT id, $4, changed, lost FROM unnest($1::uuid[], $2::int[], $3::int[]) AS w (id, changed, lost)
     ON CONFLICT (id) DO UPDATE SET version = c.version + excluded.version, separations = c.separations + excluded.separations`,
    [ids, ids.map((id) => Number(customers.get(id)?.changed)), ids.map((id) => Number(customers.get(id)?.lost)), now],
  );
}

/** Writes who is whose. */
export async function writeMemberships(tx: Tx, moves: Reassignment['moves'], now: Date): Promise<void> {
  tx.send(
    'identity-write-memberships',
    `INSERT INTO membership (record_id, customer_id, since)
     SELECT record_id, customer_id, $3 FROM unnest($1::uuid[], $2::uuid[]) AS w (record_id, customer_id)
     ON CONFLICT (record_id) DO UPDATE SET customer_id = excluded.customer_id, since = excluded.since`,
    [moves.map((move) => move.recordId), moves.map((move) => move.customerId), now],
  );
}

/** Keeps old customer ids leading to where their first record now is. */
export async function writeAliases(tx: Tx, moves: Reassignment['moves'], now: Date): Promise<void> {
  const ids = moves.map((move) => move.recordId);
  tx.send(
    'identity-write-aliases',
    `WITH moved AS (
       SELECT record_id AS alias_id, customer_id FROM unnest($1::uuid[], $2::uuid[]) AS w (record_id, customer_id)
     ), restored AS (
       DELETE FROM customer_alias USING moved WHERE customer_alias.alias_id = moved.alias_id AND moved.alias_id = moved.customer_id
     ), followed AS (
       UPDATE customer_alias a SET customer_id = moved.customer_id, since = $3 FROM moved
       WHERE a.customer_id = moved.alias_id AND moved.alias_id <> moved.customer_id
         AND NOT EXISTS (SELECT FROM membership m WHERE m.record_id = a.alias_id)
     )
     INSERT INTO customer_alias (alias_id, customer_id, since)
     SELECT moved.alias_id, moved.customer_id, $3 FROM moved JOIN customer ON customer.id = moved.alias_id
     WHERE moved.alias_id <> moved.customer_id
     ON CONFLICT (alias_id) DO UPDATE SET customer_id = excluded.customer_id, since = excluded.since`,
    [ids, moves.map((move) => move.customerId), now],
  );
}

/** Adds to the log of what became of customers, and why. */
export async function writeChanges(
  tx: Tx,
  changes: readonly CustomerChange[],
  cause: object,
  now: Date,
): Promise<void> {
  tx.send(
    'identity-write-changes',
    `INSERT INTO customer_change (id, at, kind, customer_id, cause, before, after)
     SELECT id, $6, kind, customer_id, $7, before, after
     FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::jsonb[], $5::jsonb[]) AS w (id, kind, customer_id, before, after)`,
    [
      changes.map(() => newId()),
      changes.map((change) => change.kind),
      changes.map((change) => change.customerId),
      changes.map((change) => JSON.stringify(change.before)),
      changes.map((change) => JSON.stringify(change.after)),
      now,
      JSON.stringify(cause),
    ],
  );
}

/** Lets the ids of removed customers, and what led to them, lead to where the rest of her records are now. */
export async function followRemoved(tx: Tx, heirs: ReadonlyMap<string, string>, now: Date): Promise<void> {
  const ids = [...heirs.keys()];
  if (ids.length === 0) return;
  await tx.query(
    `WITH heir AS (SELECT * FROM unnest($1::uuid[], $2::uuid[]) AS w (id, customer_id)),
     led AS (UPDATE customer_alias a SET customer_id = heir.customer_id FROM heir WHERE a.customer_id = heir.id AND a.alias_id <> heir.id)
     INSERT INTO customer_alias (alias_id, customer_id, since) SELECT heir.id, heir.customer_id, $3 FROM heir JOIN customer ON customer.id = heir.id
     ON CONFLICT (alias_id) DO UPDATE SET customer_id = excluded.customer_id`,
    [ids, ids.map((id) => heirs.get(id)), now],
  );
}

/** Forgets customers of whom no record is left, and every id that led to them. */
export async function forgetCustomers(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.query('DELETE FROM customer_alias WHERE customer_id = ANY($1::uuid[]) OR alias_id = ANY($1::uuid[])', [ids]);
  await tx.query('DELETE FROM customer WHERE id = ANY($1::uuid[])', [ids]);
}
