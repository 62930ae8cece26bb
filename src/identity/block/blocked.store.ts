import type { Tx } from '../../platform/database/transactions.js';
import type { IdentifierKinds } from '../identifier-kinds.js';
import { identifierKind } from '../identifier-kinds.js';
import { isUnusable } from '../identifier.js';
import { overFull } from '../partition/value-state.rules.js';

/** A value that belongs to a place or to staff. */
export interface Blocking {
  kind: string;
  value: string;
  reason: string;
  /** The store it stands in. */
  storeId?: string | undefined;
}

/** The key under which a value is blocked; a scoped one (a device) in every scope. */
export function blockable(
  { kind, value }: { kind: string; value: string },
  kinds: IdentifierKinds,
): { kind: string; key: string } {
  const outcome = identifierKind(kinds, kind).normalise(value, {});
  if (isUnusable(outcome)) throw new Error(`"${value}" ${outcome.unusable}, so it identifies nobody anyway.`);
  return { kind, key: outcome.key };
}

/** The keys under which a blocked value is borne: one, or of a scoped kind one a source. */
export async function keysBorne(tx: Tx, { key }: { key: string }): Promise<string[]> {
  if (!key.startsWith(':')) return [key];
  const rows = await tx.query<{ key: string }>('SELECT id::text || $1 AS key FROM source', [key]);
  return [key, ...rows.map((row) => row.key)];
}

/** Records that bear one of these values asserted; no more than could ever be joined by it. */
export async function bearersOf(tx: Tx, kind: string, keys: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ record_id: string }>(
    `SELECT i.record_id FROM unnest($2::text[]) AS k (key) JOIN identifier i ON i.kind = $1 AND i.key = k.key AND i.asserted LIMIT $3`,
    [kind, keys, overFull + 1],
  );
  return rows.map((row) => row.record_id);
}

/** Keeps a blocked value. */
export async function insertBlocked(
  tx: Tx,
  blocked: { kind: string; key: string; reason: string; storeId: string | undefined; now: Date },
): Promise<void> {
  await tx.query(
    `INSERT INTO blocked_value (kind, key, reason, store_id, created_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (kind, key) DO UPDATE SET reason = excluded.reason, store_id = excluded.store_id`,
    [blocked.kind, blocked.key, blocked.reason, blocked.storeId ?? null, blocked.now],
  );
}

/** Lets a value identify again. */
export async function deleteBlocked(tx: Tx, { kind, key }: { kind: string; key: string }): Promise<void> {
  await tx.query('DELETE FROM blocked_value WHERE kind = $1 AND key = $2', [kind, key]);
}
