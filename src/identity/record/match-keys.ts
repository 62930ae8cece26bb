import { hash } from 'node:crypto';
import { type BlockingKey, isWeakKind, kindsByKey } from '../evidence/blocking.rules.js';
import type { Profile } from '../evidence/profile.rules.js';
import { valueId } from '../partition/live-record.js';
import { profileOfRecord, type StoredRecord } from './record.rules.js';

/** A blocking key as it is stored: 52 bits of a hash of its kind and text, and a lowest bit that is set where the kind is a weak one. */
export type MatchKey = number;

const ofRecords = new WeakMap<StoredRecord, readonly MatchKey[]>();

/** The keys of a record as they are stored, each once. */
export function matchKeysOf(record: StoredRecord): readonly MatchKey[] {
  const known = ofRecords.get(record);
  if (known) return known;
  const keys = storedKeys(profileOfRecord(record));
  ofRecords.set(record, keys);
  return keys;
}

/** The keys of whoever is like that, as they are stored, each once. */
export function storedKeys(profile: Profile): MatchKey[] {
  const distinct = new Set<MatchKey>();
  for (const [key, kind] of kindsByKey(profile)) distinct.add(storedKey(key, kind));
  return [...distinct];
}

/** Takes over the keys of a record that were found elsewhere. */
export function adoptKeys(record: StoredRecord, keys: readonly MatchKey[]): void {
  ofRecords.set(record, keys);
}

/** What stands for everything through which a record could meet another: the names of its values, and its keys. */
export function lockNamesOf(record: StoredRecord): (string | number)[] {
  const values = record.identifiers.filter((one) => one.asserted).map((one) => valueId(one.kind, one.key));
  return [...values, ...matchKeysOf(record)];
}

/** Whether many share the key by chance. */
export function isWeakKey(key: MatchKey): boolean {
  return key % 2 === 1;
}

/** A blocking key as it is stored: the first 52 bits of a hash, which a number holds exactly. */
export function matchKey({ kind, text }: BlockingKey): MatchKey {
  return storedKey(`${kind} ${text}`, kind);
}

function storedKey(key: string, kind: string): MatchKey {
  const bytes = hash('sha1', key, 'binary');
  let number = 0;
  for (let at = 0; at < 6; at++) number = number * 256 + bytes.charCodeAt(at);
  return (number * 16 + (bytes.charCodeAt(6) >> 4)) * 2 + Number(isWeakKind(kind));
}
