import { hash } from 'node:crypto';
import type { Tx } from '../../platform/database/transactions.js';
import { type BlockingKey, overFullKey } from '../evidence/blocking.rules.js';
import type { Profile } from '../evidence/profile.rules.js';
import { keysOfRecord, type StoredRecord } from '../record/record.rules.js';

/** A blocking key as it is stored: 64 bits of its text. */
export interface MatchKey {
  kind: string;
  hash: string;
}

/** A key of one record. */
export interface OwnedKey {
  key: MatchKey;
  recordId: string;
}

/** Rows from which on COPY is cheaper than a prepared statement. */
const worthCopying = 500;

/** The stored form of a blocking key. */
function matchKey({ kind, text }: BlockingKey): MatchKey {
  const digest = hash('sha1', `${kind} ${text}`);
  return { kind, hash: BigInt.asIntN(64, BigInt(`0x${digest.slice(0, 16)}`)).toString() };
}

const ofRecords = new WeakMap<StoredRecord, MatchKey[]>();

/** The keys of a record as they are stored, each once. */
export function matchKeysOf(record: StoredRecord): readonly MatchKey[] {
  const known = ofRecords.get(record) ?? distinct(keysOfRecord(record).map(matchKey));
  ofRecords.set(record, known);
  return known;
}

function distinct(keys: MatchKey[]): MatchKey[] {
  const byHash = new Map(keys.map((key) => [key.hash, key]));
  return byHash.size === keys.length ? keys : [...byHash.values()];
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

/** Adds keys that these records do not have, and removes those that they have no more. */
export async function writeKeys(tx: Tx, added: readonly OwnedKey[], removed: readonly OwnedKey[]): Promise<void> {
  if (removed.length > 0) {
    tx.send(
      'identity-remove-keys',
      `DELETE FROM match_key k USING unnest($1::bigint[], $2::uuid[]) AS w (hash, record_id)
       WHERE k.hash = w.hash AND k.record_id = w.record_id`,
      [removed.map(({ key }) => key.hash), removed.map(({ recordId }) => recordId)],
    );
  }
  if (added.length === 0) return;
  if (added.length >= worthCopying) {
    const rows = added.map(({ key, recordId }) => [key.kind, key.hash, recordId]);
    return tx.copy('match_key', 'kind, hash, record_id', rows);
  }
  tx.send(
    'identity-add-keys',
    'INSERT INTO match_key (kind, hash, record_id) SELECT * FROM unnest($1::text[], $2::bigint[], $3::uuid[])',
    [added.map(({ key }) => key.kind), added.map(({ key }) => key.hash), added.map(({ recordId }) => recordId)],
  );
}

/** Who has a key: how many, at least, and who, as far as the key is not over-full. */
export interface Held {
  count: number;
  ids: string[];
}

/**
 * Who has each of these keys; nothing of keys that nobody has. `leaving`: how many of its holders a key is about to lose; of an over-full
 * one as many are read as it takes to tell whether it will be so then.
 */
export async function holdersOf(
  tx: Tx,
  keys: Iterable<MatchKey>,
  leaving: ReadonlyMap<string, number> = new Map(),
): Promise<Map<string, Held>> {
  const hashes = new Set<string>();
  for (const { hash } of keys) hashes.add(hash);
  if (hashes.size === 0) return new Map();
  const rows = await tx.prepared<{ hash: string; count: number; ids: string | null }>(
    'identity-key-holders',
    `SELECT w.hash, count(*)::int AS count,
       CASE WHEN count(*) <= ${overFullKey} + w.leaving THEN string_agg(h.record_id::text, ',') END AS ids
     FROM unnest($1::bigint[], $2::int[]) AS w (hash, leaving) CROSS JOIN LATERAL (
       SELECT record_id FROM match_key WHERE hash = w.hash LIMIT ${overFullKey + 1} + w.leaving
     ) AS h GROUP BY w.hash, w.leaving`,
    [[...hashes], [...hashes].map((hash) => leaving.get(hash) ?? 0)],
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
