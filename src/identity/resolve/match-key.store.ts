import { hash } from 'node:crypto';
import type { Tx } from '../../platform/database/transactions.js';
import { type BlockingKey, overFullKey } from '../evidence/blocking.rules.js';
import type { Profile } from '../evidence/profile.rules.js';

/** A blocking key as it is stored: 64 bits of its text. */
export interface MatchKey {
  kind: string;
  hash: string;
}

/** The stored form of a blocking key. */
export function matchKey({ kind, text }: BlockingKey): MatchKey {
  const digest = hash('sha1', `${kind} ${text}`);
  return { kind, hash: BigInt.asIntN(64, BigInt(`0x${digest.slice(0, 16)}`)).toString() };
}

/** The keys these records have now. */
export async function keysOf(tx: Tx, recordIds: readonly string[]): Promise<Map<string, MatchKey[]>> {
  if (recordIds.length === 0) return new Map();
  const rows = await tx.prepared<MatchKey & { record_id: string }>(
    'identity-keys-of',
    'SELECT record_id, kind, hash FROM match_key WHERE record_id = ANY($1::uuid[])',
    [recordIds],
  );
  const keys = new Map<string, MatchKey[]>();
  for (const { record_id, kind, hash } of rows) keys.set(record_id, [...(keys.get(record_id) ?? []), { kind, hash }]);
  return keys;
}

/** Adds and removes keys of records. */
export async function writeKeys(
  tx: Tx,
  added: readonly (MatchKey & { recordId: string })[],
  removed: readonly (MatchKey & { recordId: string })[],
): Promise<void> {
  const columns = (keys: readonly (MatchKey & { recordId: string })[]): unknown[] => [
    keys.map((key) => key.kind),
    keys.map((key) => key.hash),
    keys.map((key) => key.recordId),
  ];
  if (removed.length > 0) {
    await tx.prepared(
      'identity-remove-keys',
      `DELETE FROM match_key k USING unnest($1::text[], $2::bigint[], $3::uuid[]) AS w (kind, hash, record_id)
       WHERE k.hash = w.hash AND k.kind = w.kind AND k.record_id = w.record_id`,
      columns(removed),
    );
  }
  if (added.length > 0) {
    await tx.prepared(
      'identity-add-keys',
      `INSERT INTO match_key (kind, hash, record_id) SELECT * FROM unnest($1::text[], $2::bigint[], $3::uuid[])
       ON CONFLICT DO NOTHING`,
      columns(added),
    );
  }
}

/** Who has a key: how many, at least, and who, as far as the key is not over-full or has just become so. */
export interface Held {
  count: number;
  ids: string[];
}

/**
 * Who has each of these keys. `growth`: by how much the number of holders of a key has just changed; of an over-full
 * key as many are read as it takes to tell whether it was so before.
 */
export async function holdersOf(
  tx: Tx,
  keys: readonly MatchKey[],
  growth: ReadonlyMap<string, number>,
): Promise<Map<string, Held>> {
  const distinct = [...new Map(keys.map((key) => [key.hash, key])).values()];
  if (distinct.length === 0) return new Map();
  const rows = await tx.prepared<{ hash: string; count: number; ids: string | null }>(
    'identity-key-holders',
    `SELECT w.hash, cardinality(h.ids) AS count,
       CASE WHEN cardinality(h.ids) - w.grown <= ${overFullKey} THEN array_to_string(h.ids, ',') END AS ids
     FROM unnest($1::text[], $2::bigint[], $3::int[]) AS w (kind, hash, grown) CROSS JOIN LATERAL (
       SELECT array_agg(k.record_id) AS ids FROM (
         SELECT record_id FROM match_key WHERE hash = w.hash AND kind = w.kind LIMIT ${overFullKey + 1} + w.grown
       ) AS k
     ) AS h WHERE h.ids IS NOT NULL`,
    [
      distinct.map((key) => key.kind),
      distinct.map((key) => key.hash),
      distinct.map((key) => Math.max(0, growth.get(key.hash) ?? 0)),
    ],
  );
  return new Map(rows.map(({ hash, count, ids }) => [hash, { count, ids: ids?.split(',') ?? [] }]));
}

/** What is compared of these records. */
export async function profilesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, ComparedRecord>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.prepared<ComparedRecord & { id: string }>(
    'identity-profiles',
    'SELECT id, trusted, normalised AS profile FROM record WHERE id = ANY($1::uuid[])',
    [ids],
  );
  return new Map(rows.map(({ id, trusted, profile }) => [id, { trusted, profile }]));
}

/** A record as the comparison sees it. */
export interface ComparedRecord {
  trusted: boolean;
  profile: Profile;
}
