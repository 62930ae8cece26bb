import { bigintList, CopiedRows } from '../../platform/database/copied-rows.js';
import type { Tx } from '../../platform/database/transactions.js';
import { overFullKey } from '../evidence/blocking.rules.js';
import type { Profile } from '../evidence/profile.rules.js';
import type { MatchKey } from '../record/match-keys.js';

/** Keys of records, in the order of the keys: the record of each stands at the same place. */
export interface OwnedKeys {
  keys: readonly MatchKey[];
  recordIds: readonly string[];
}

/** Rows from which on COPY is cheaper than a prepared statement. */
const worthCopying = 500;

/** The keys these records have now. */
export async function keysOf(tx: Tx, recordIds: readonly string[]): Promise<Map<string, MatchKey[]>> {
  if (recordIds.length === 0) return new Map();
  const rows = await tx.prepared<{ id: string; keys: string[] }>(
    'identity-keys-of',
    'SELECT id, match_keys AS keys FROM record WHERE id = ANY($1::uuid[])',
    [recordIds],
  );
  return new Map(rows.map(({ id, keys }) => [id, keys.map(Number)]));
}

/** How the keys of records change. */
export interface KeyChange {
  added: OwnedKeys;
  removed: OwnedKeys;
  /** All keys of the known records among them; new ones are written with theirs. */
  known: Map<string, readonly MatchKey[]>;
}

/** Adds keys that these records do not have, and removes those that they have no more. */
export async function writeKeys(tx: Tx, { added, removed, known }: KeyChange): Promise<void> {
  if (known.size > 0) {
    tx.send(
      'identity-keep-keys',
      `UPDATE record r SET match_keys = w.keys::bigint[] FROM unnest($1::uuid[], $2::text[]) AS w (id, keys) WHERE r.id = w.id`,
      [[...known.keys()], [...known.values()].map((keys) => `{${keys.join(',')}}`)],
    );
  }
  if (removed.keys.length > 0) {
    tx.send(
      'identity-remove-keys',
      `DELETE FROM match_key k USING unnest($1::bigint[], $2::uuid[]) AS w (hash, record_id)
       WHERE k.hash = w.hash AND k.record_id = w.record_id`,
      [bigintList(removed.keys), removed.recordIds],
    );
  }
  const { keys, recordIds } = added;
  if (keys.length === 0) return;
  if (keys.length >= worthCopying) {
    const rows = new CopiedRows();
    for (const [at, key] of keys.entries())
      rows
        .row(2)
        .bigint(key)
        .uuid(recordIds[at] as string);
    return tx.copy('match_key', 'hash, record_id', rows);
  }
  tx.send(
    'identity-add-keys',
    'INSERT INTO match_key (hash, record_id) SELECT * FROM unnest($1::bigint[], $2::uuid[])',
    [bigintList(keys), list(recordIds)],
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
  db: Pick<Tx, 'prepared'>,
  keys: Iterable<MatchKey>,
  leaving: ReadonlyMap<MatchKey, number> = new Map(),
): Promise<Map<MatchKey, Held>> {
  const distinct = Float64Array.from(new Set(keys)).sort();
  if (distinct.length === 0) return new Map();
  const rows = await db.prepared<{ hash: string; count: number; ids: string | null }>(
    'identity-key-holders',
    `SELECT w.hash, count(*)::int AS count,
       CASE WHEN count(*) <= ${overFullKey} + coalesce(w.leaving, 0) THEN string_agg(h.record_id::text, ',') END AS ids
     FROM unnest($1::bigint[], $2::int[]) AS w (hash, leaving) CROSS JOIN LATERAL (
       SELECT record_id FROM match_key WHERE hash = w.hash LIMIT ${overFullKey + 1} + coalesce(w.leaving, 0)
     ) AS h GROUP BY w.hash, w.leaving`,
    [bigintList(distinct), leaving.size === 0 ? '{}' : list(Array.from(distinct, (key) => leaving.get(key) ?? 0))],
  );
  return new Map(rows.map(({ hash, count, ids }) => [Number(hash), { count, ids: ids?.split(',') ?? [] }]));
}

/** An array of PostgreSQL; numbers and ids need no quotation marks, for which the driver looks at each. */
function list(values: readonly (string | number)[]): string {
  return `{${values.join(',')}}`;
}

/** What is compared of these records. */
export async function profilesOf(tx: Tx, ids: readonly string[]): Promise<ComparedRecords> {
  if (ids.length === 0) return new Map();
  const rows = await tx.prepared<ComparedRecord & { id: string }>(
    'identity-profiles',
    'SELECT id, trusted, normalised AS profile FROM record WHERE id = ANY($1::uuid[])',
    [list(ids)],
  );
  return new Map(rows.map(({ id, trusted, profile }) => [id, { trusted, profile }]));
}

/** Records of a part: PostgreSQL reads the next ones while these are compared. */
const recordsOfPart = 1000;

/** The same part by part in the order of the records; all parts are asked for at once. */
export function profilesInParts(tx: Tx, ids: readonly string[]): Promise<ComparedRecords>[] {
  const parts = Array.from({ length: Math.ceil(ids.length / recordsOfPart) }, (_, at) =>
    profilesOf(tx, ids.slice(at * recordsOfPart, (at + 1) * recordsOfPart)),
  );
  // Of one that fails is told when its turn comes.
  for (const part of parts) part.catch(() => undefined);
  return parts;
}

/** Records as the comparison sees them, by id. */
export type ComparedRecords = Map<string, ComparedRecord>;

/** A record as the comparison sees it. */
export interface ComparedRecord {
  trusted: boolean;
  profile: Profile;
}
