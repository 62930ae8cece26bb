import { meetingWeight } from '../evidence/blocking.rules.js';
import { isWeakKey, type MatchKey } from '../record/match-keys.js';
import type { Held, KeyChange, OwnedKeys } from './match-key.store.js';

/** Who has each of some keys. */
export type Holders = Map<MatchKey, Held>;

/** Whether all keys of the records are in these lists; as a rule they are the lists themselves. */
export function areAmong(
  records: readonly { keys: readonly MatchKey[] }[],
  lists: ReadonlySet<readonly MatchKey[]>,
): boolean {
  const others = records.filter(({ keys }) => !lists.has(keys));
  if (others.length === 0) return true;
  const all = new Set([...lists].flat());
  return others.every(({ keys }) => keys.every((key) => all.has(key)));
}

/** What changes where the records have other keys than before. */
export function difference(
  after: ReadonlyMap<string, readonly MatchKey[]>,
  before: ReadonlyMap<string, readonly MatchKey[]>,
): KeyChange {
  const known = new Map<string, readonly MatchKey[]>();
  const added: { keys: MatchKey[]; recordIds: string[] } = { keys: [], recordIds: [] };
  const removed: typeof added = { keys: [], recordIds: [] };
  const note = (to: typeof added, key: MatchKey, recordId: string): void => {
    to.keys.push(key);
    to.recordIds.push(recordId);
  };
  for (const [recordId, fresh] of after) {
    const old = before.get(recordId) ?? [];
    if (old.length === 0) {
      for (const key of fresh) note(added, key, recordId);
    } else {
      const [had, has] = [new Set(old), new Set(fresh)];
      for (const key of fresh) if (!had.has(key)) note(added, key, recordId);
      for (const key of old) if (!has.has(key)) note(removed, key, recordId);
    }
    const isSame = old.length === fresh.length && old.every((key, at) => key === fresh[at]);
    if (before.has(recordId) && !isSame) known.set(recordId, fresh);
  }
  return { added: inOrderOfKeys(added), removed: inOrderOfKeys(removed), known };
}

/**
 * Who will have these keys once they are written, as far as anybody shares them; those that become less of a reason to
 * compare their holders, and those that become more.
 */
export function holdersAfter(
  holders: Holders,
  { added, removed }: KeyChange,
): { holders: Holders; filled: MatchKey[]; freed: MatchKey[] } {
  const before = new Map<MatchKey, number>();
  const note = (key: MatchKey, { count }: Held): void => {
    if (!before.has(key)) before.set(key, count);
  };
  for (const [at, key] of removed.keys.entries()) {
    const held = holders.get(key);
    if (!held) continue;
    note(key, held);
    held.count -= 1;
    held.ids = held.ids.filter((id) => id !== removed.recordIds[at]);
  }
  const { keys, recordIds } = added;
  for (let start = 0, end = 0; start < keys.length; start = end) {
    const key = keys[start] as MatchKey;
    while (end < keys.length && keys[end] === key) end++;
    const held = holders.get(key) ?? { count: 0, ids: [] };
    // A key that nobody else has is a reason for nothing, and most are such.
    if (held.count === 0 && end - start === 1) continue;
    note(key, held);
    held.count += end - start;
    held.ids.push(...recordIds.slice(start, end));
    holders.set(key, held);
  }
  const [filled, freed]: [MatchKey[], MatchKey[]] = [[], []];
  for (const [key, count] of before) {
    const [earlier, now] = [worth(key, count), worth(key, holders.get(key)?.count ?? 0)];
    if (now < earlier) filled.push(key);
    if (now > earlier) freed.push(key);
  }
  return { holders, filled, freed };
}

/** How much a key that so many have is a reason to compare two of them. */
export function worth(key: MatchKey, holders: number): number {
  return meetingWeight(isWeakKey(key), holders);
}

/** Everybody with whom one of these records shares enough keys that are not over-full, each pair once. */
export function meetings(keys: ReadonlyMap<string, readonly MatchKey[]>, holders: Holders): [string, string][] {
  const pairs: [string, string][] = [];
  for (const [id, owned] of keys) {
    const met = new Map<string, number>();
    for (const key of owned) {
      const held = holders.get(key);
      const weight = held ? worth(key, held.count) : 0;
      if (!held || weight === 0) continue;
      for (const other of held.ids) met.set(other, (met.get(other) ?? 0) + weight);
    }
    for (const [other, weight] of met)
      if (weight >= 1 && (other > id || (other < id && !keys.has(other)))) pairs.push([id, other]);
  }
  return pairs;
}

/** Keys in their order, which is that of the index, whose pages are then each looked for once. */
function inOrderOfKeys({ keys, recordIds }: OwnedKeys): OwnedKeys {
  const order = Uint32Array.from(keys.keys()).sort((a, b) => (keys[a] as number) - (keys[b] as number) || a - b);
  return {
    keys: Array.from(order, (at) => keys[at] as MatchKey),
    recordIds: Array.from(order, (at) => recordIds[at] as string),
  };
}
