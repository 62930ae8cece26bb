import { createHash } from 'node:crypto';
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
  return { kind, hash: createHash('sha1').update(`${kind} ${text}`).digest().readBigInt64BE(0).toString() };
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

/** Who has each of these keys; of an over-full one as many as it takes to tell by how much, up to `slack` more. */
export async function holdersOf(tx: Tx, keys: readonly MatchKey[], slack: number): Promise<Map<string, string[]>> {
  const distinct = [...new Map(keys.map((key) => [key.hash, key])).values()];
  if (distinct.length === 0) return new Map();
  const rows = await tx.prepared<{ hash: string; ids: string[] }>(
    'identity-key-holders',
    `SELECT w.hash, array_agg(h.record_id::text) AS ids FROM unnest($1::text[], $2::bigint[]) AS w (kind, hash)
     CROSS JOIN LATERAL (
       SELECT k.record_id FROM match_key k WHERE k.hash = w.hash AND k.kind = w.kind LIMIT $3
     ) AS h GROUP BY w.hash`,
    [distinct.map((key) => key.kind), distinct.map((key) => key.hash), overFullKey + 1 + slack],
  );
  return new Map(rows.map((row) => [row.hash, row.ids]));
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
