import { setImmediate } from 'node:timers/promises';
import type { Tx } from '../../platform/database/transactions.js';
import { meetingWeight } from '../evidence/blocking.rules.js';

import type { Model } from '../evidence/model.js';
import { compare, weigh } from '../evidence/score.rules.js';
import { activeModel } from '../retrain/model.store.js';
import { householdEvidence } from '../household/household.rules.js';
import { lockRoom } from '../record/lock-keys.js';
import { isWeakKey, type MatchKey } from '../record/match-keys.js';
import { pairOf } from '../judge/judgement.store.js';
import { areFarApart } from './far-apart.rules.js';
import { edgesAmong, edgesOf, pairName, type StoredEdge, writeEdges } from './edge.store.js';
import {
  type ComparedRecord,
  type Held,
  holdersOf,
  inOrderOfKeys,
  type KeyChange,
  keysOf,
  profilesOf,
  writeKeys,
} from './match-key.store.js';

/** A record whose normal forms changed: absent before when it is new, absent after when it goes. */
export interface Rescored {
  id: string;
  isNew: boolean;
  after: ComparedRecord | undefined;
  keys: readonly MatchKey[];
}

/** What comparing anew has changed. */
export interface Rescoring {
  /** Records with an edge by which the machine may join that is new, changed or gone. */
  tied: Set<string>;
  /** Pairs that have become likely or certain: a question, unless they are one customer. */
  doubtful: Pair[];
}

/** Two records in the order of their ids. */
export interface Pair {
  lo: string;
  hi: string;
}

type Holders = Map<MatchKey, Held>;

/** What was read before it was known what the records are: who has these keys, and the model that scores. */
export interface KeysAhead {
  /** The lists of keys of which the holders were read. */
  keys: ReadonlySet<readonly MatchKey[]>;
  holders: Holders;
  model: Model;
}

/**
 * Brings keys and edges of these records up to date; pairs are compared when they share enough keys that are not
 * over-full. `write` writes the records themselves, which goes on while they are compared.
 */
export async function rescore(
  tx: Tx,
  records: readonly Rescored[],
  write: () => Promise<void> = () => Promise.resolve(),
  ahead?: KeysAhead,
): Promise<Rescoring> {
  if (records.length === 0) {
    await write();
    return { tied: new Set(), doubtful: [] };
  }
  const known = records.filter((one) => !one.isNew).map((one) => one.id);
  // Locked before any key is read: whoever takes an edge away because a key has become over-full decides before or after.
  const present = await edgesOf(tx, known);
  const keys = new Map(records.map((one) => [one.id, one.keys]));
  const change = difference(keys, await keysOf(tx, known));
  const model = ahead?.model ?? (await activeModel(tx));
  // Of new records alone nobody takes an edge away, so their keys may have been read before.
  const isAhead = known.length === 0 && ahead !== undefined && areAmong(records, ahead.keys);
  const read = isAhead ? ahead.holders : undefined;
  const { holders, filled, freed } = holdersAfter(read ?? (await readHolders(tx, keys, change)), change);
  const writeAll = async (): Promise<void> => {
    await write();
    await writeKeys(tx, change);
  };
  if (freed.length > 0) {
    await writeAll();
    present.push(...(await widen(tx, freed, keys, holders)));
  }
  const own = new Map(records.flatMap(({ id, after }) => (after ? [[id, after] as const] : [])));
  const pairs = meetings(keys, holders);
  const others = new Set(pairs.flatMap(([a, b]) => [a, b]).filter((id) => !own.has(id)));
  const profiles = profilesOf(tx, [...others]);
  const writing = freed.length > 0 ? Promise.resolve() : writeAll();
  const comparing = profiles.then((read) => edgesBetween(pairs, new Map([...own, ...read]), model));
  // Where one fails the other is waited for: nothing may be sent once the transaction has ended.
  await Promise.allSettled([writing, comparing]);
  await writing;
  const wanted = await comparing;
  const gone = await thin(tx, filled, holders, model);
  const { tied, doubtful } = await replaceEdges(tx, wanted, present, model);
  return { tied: new Set([...gone, ...tied]), doubtful };
}

/** Whether all keys of the records are in these lists; as a rule they are the lists themselves. */
function areAmong(records: readonly Rescored[], lists: ReadonlySet<readonly MatchKey[]>): boolean {
  const others = records.filter(({ keys }) => !lists.has(keys));
  if (others.length === 0) return true;
  const all = new Set([...lists].flat());
  return others.every(({ keys }) => keys.every((key) => all.has(key)));
}

function difference(
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

function readHolders(tx: Tx, keys: ReadonlyMap<string, readonly MatchKey[]>, { removed }: KeyChange): Promise<Holders> {
  const leaving = new Map<MatchKey, number>();
  for (const key of removed.keys) leaving.set(key, (leaving.get(key) ?? 0) + 1);
  return holdersOf(tx, [...[...keys.values()].flat(), ...removed.keys], leaving);
}

/**
 * Who will have these keys once they are written, as far as anybody shares them; those that become less of a reason to
 * compare their holders, and those that become more.
 */
function holdersAfter(
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

/**
 * Takes away edges whose records do not share enough any more because keys have filled up. Edges are locked before the keys are read, so
 * that of two transactions that each fill one of their keys the later one sees both.
 */
async function thin(tx: Tx, filled: readonly MatchKey[], holders: Holders, model: Model): Promise<Set<string>> {
  if (filled.length === 0) return new Set();
  const groups = filled.map((key) => new Set(holders.get(key)?.ids));
  const edges = (await edgesAmong(tx, [...new Set(groups.flatMap((group) => [...group]))])).filter(({ lo, hi }) =>
    groups.some((group) => group.has(lo) && group.has(hi)),
  );
  const keys = await keysOf(tx, [...new Set(edges.flatMap(({ lo, hi }) => [lo, hi]))]);
  const shared = edges.map(({ lo, hi }) => {
    const theirs = new Set(keys.get(hi));
    return keys.get(lo)?.filter((key) => theirs.has(key)) ?? [];
  });
  const counts = await holdersOf(tx, shared.flat());
  const gone = edges.filter((_, at) => {
    const weights = shared[at]?.map((key) => worth(key, counts.get(key)?.count ?? 0)) ?? [];
    return weights.reduce((sum, weight) => sum + weight, 0) < 1;
  });
  await writeEdges(tx, [], gone, model.version);
  return new Set(gone.filter((edge) => isStrong(edge, model)).flatMap(({ lo, hi }) => [lo, hi]));
}

/**
 * Adds everybody who holds a key that has become more of a reason, with all their keys and who else holds those; rare,
 * so alone in the room.
 * @returns the edges that those have now.
 */
async function widen(
  tx: Tx,
  freed: readonly MatchKey[],
  keys: Map<string, readonly MatchKey[]>,
  holders: Holders,
): Promise<StoredEdge[]> {
  await lockRoom(tx);
  const concerned = [...new Set(freed.flatMap((key) => holders.get(key)?.ids ?? []))].filter((id) => !keys.has(id));
  for (const [id, owned] of await keysOf(tx, concerned)) keys.set(id, owned);
  const unknown = concerned.flatMap((id) => keys.get(id) ?? []).filter((key) => !holders.has(key));
  for (const [key, held] of await holdersOf(tx, unknown)) holders.set(key, held);
  return edgesOf(tx, concerned);
}

/** Writes how the edges of the records differ from those that were there. */
async function replaceEdges(
  tx: Tx,
  wanted: readonly StoredEdge[],
  present: readonly StoredEdge[],
  model: Model,
): Promise<Rescoring> {
  const before = new Map(present.map((edge) => [pairName(edge), edge]));
  const kept = new Set(wanted.map(pairName));
  const written = wanted.filter((edge) => !isSame(edge, before.get(pairName(edge))));
  const kindOf = new Map(written.map((edge) => [pairName(edge), edge.kind]));
  const gone = [...before.values()].filter((edge) => {
    const name = pairName(edge);
    return !kept.has(name) || (kindOf.get(name) ?? edge.kind) !== edge.kind;
  });
  await writeEdges(tx, written, gone, model.version);
  const telling = [...written, ...gone].filter(
    (edge) => isStrong(edge, model) || isStrong(before.get(pairName(edge)), model),
  );
  const doubtful = written.filter((edge) => {
    const earlier = before.get(pairName(edge));
    return isStrong(edge, model) ? !isStrong(earlier, model) : isDoubtful(edge, model) && !isDoubtful(earlier, model);
  });
  return { tied: new Set(telling.flatMap(({ lo, hi }) => [lo, hi])), doubtful };
}

/** How much a key that so many have is a reason to compare two of them. */
function worth(key: MatchKey, holders: number): number {
  return meetingWeight(isWeakKey(key), holders);
}

/** Everybody with whom one of these records shares enough keys that are not over-full, each pair once. */
function meetings(keys: ReadonlyMap<string, readonly MatchKey[]>, holders: Holders): [string, string][] {
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

/** Pairs that are compared before the database gets its turn. */
const pairsInARow = 100;

async function edgesBetween(
  pairs: readonly [string, string][],
  compared: ReadonlyMap<string, ComparedRecord>,
  model: Model,
): Promise<StoredEdge[]> {
  const edges: StoredEdge[] = [];
  for (const [at, [a, b]] of pairs.entries()) {
    if (at % pairsInARow === pairsInARow - 1) await setImmediate();
    const edge = edgeOf(pairOf(a, b), compared, model);
    if (edge) edges.push(edge);
  }
  return edges;
}

/** The compared pair, if it says enough to be kept: of one person, or of one household. */
function edgeOf(
  { lo, hi }: { lo: string; hi: string },
  compared: ReadonlyMap<string, ComparedRecord>,
  model: Model,
): StoredEdge | undefined {
  const [one, other] = [compared.get(lo), compared.get(hi)];
  if (!one || !other) return undefined;
  if (areFarApart(one.profile, other.profile, model)) return undefined;
  const evidence = compare(one.profile, other.profile, model);
  const weight = weigh(evidence, model);
  const areTrusted = one.trusted && other.trusted;
  if (weight >= model.possible) return { lo, hi, kind: 'scored', weight, effective: areTrusted, evidence };
  const shared = areTrusted ? householdEvidence(evidence) : [];
  if (shared.length === 0) return undefined;
  return { lo, hi, kind: 'related', weight: weigh(shared, model), effective: false, evidence: shared };
}

/** Whether the machine may join by it. */
function isStrong(edge: StoredEdge | undefined, model: Model): boolean {
  return edge !== undefined && edge.kind === 'scored' && edge.effective && edge.weight >= model.automatic;
}

/** Whether people are asked about it, unless they have been or something else ties the two. */
function isDoubtful(edge: StoredEdge | undefined, model: Model): boolean {
  return edge !== undefined && edge.kind === 'scored' && edge.effective && edge.weight < model.automatic;
}

function isSame(a: StoredEdge, b: StoredEdge | undefined): boolean {
  return b !== undefined && a.kind === b.kind && a.effective === b.effective && gist(a) === gist(b);
}

function gist({ evidence }: StoredEdge): string {
  return evidence.map(({ field, level, weight, values }) => [field, level, weight, values].join(' ')).join('\n');
}
