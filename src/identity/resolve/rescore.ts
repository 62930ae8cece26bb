import type { Tx } from '../../platform/database/transactions.js';
import type { Model } from '../evidence/model.js';
import { lockRoom } from '../record/lock-keys.js';
import type { MatchKey } from '../record/match-keys.js';
import { activeModel } from '../retrain/model.store.js';
import { type Acquaintances, inDatabase } from './acquaintances.js';
import { edgesBetween, isDoubtful, isSame, isStrong } from './compare-pairs.js';
import { edgesAmong, edgesOf, type KeptEdge, noteModel, pairName, type StoredEdge, writeEdges } from './edge.store.js';
import { areAmong, difference, type Holders, holdersAfter, meetings, worth } from './key-holders.rules.js';
import { type ComparedRecord, holdersOf, type KeyChange, keysOf, writeKeys } from './match-key.store.js';

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
  acquaintances: Acquaintances = inDatabase(tx),
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
  const { holders, filled, freed } = holdersAfter(read ?? (await readHolders(acquaintances, keys, change)), change);
  const writeAll = async (): Promise<void> => {
    await write();
    await writeKeys(tx, change);
  };
  if (freed.length > 0) {
    await writeAll();
    present.push(...(await widen(tx, freed, keys, holders)));
  }
  const own = new Map(records.flatMap(({ id, after }) => (after ? [[id, after] as const] : [])));
  const pairs = acquaintances.narrow(meetings(keys, holders), own, model);
  const others = new Set(pairs.flatMap(([a, b]) => [a, b]).filter((id) => !own.has(id)));
  const profiles = acquaintances.comparedInParts([...others]);
  const writing = freed.length > 0 ? Promise.resolve() : writeAll();
  const comparing = edgesBetween(pairs, own, profiles, model);
  // Where one fails the other is waited for: nothing may be sent once the transaction has ended.
  await Promise.allSettled([writing, comparing]);
  await writing;
  const wanted = await comparing;
  const gone = await thin(tx, filled, holders, model);
  const { tied, doubtful } = await replaceEdges(tx, wanted, present, model);
  return { tied: new Set([...gone, ...tied]), doubtful };
}

function readHolders(
  acquaintances: Acquaintances,
  keys: ReadonlyMap<string, readonly MatchKey[]>,
  { removed }: KeyChange,
): Promise<Holders> {
  const leaving = new Map<MatchKey, number>();
  for (const key of removed.keys) leaving.set(key, (leaving.get(key) ?? 0) + 1);
  return acquaintances.holdersOf([...[...keys.values()].flat(), ...removed.keys], leaving);
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
): Promise<KeptEdge[]> {
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
  present: readonly KeptEdge[],
  model: Model,
): Promise<Rescoring> {
  const before = new Map(present.map((edge) => [pairName(edge), edge]));
  const kept = new Set(wanted.map(pairName));
  const written = wanted.filter((edge) => !isSame(edge, before.get(pairName(edge))));
  const aged = wanted.filter((edge) => {
    const earlier = before.get(pairName(edge));
    return isSame(edge, earlier) && earlier?.model !== model.version;
  });
  const kindOf = new Map(written.map((edge) => [pairName(edge), edge.kind]));
  const gone = [...before.values()].filter((edge) => {
    const name = pairName(edge);
    return !kept.has(name) || (kindOf.get(name) ?? edge.kind) !== edge.kind;
  });
  await writeEdges(tx, written, gone, model.version);
  noteModel(tx, aged, model.version);
  const telling = [...written, ...gone].filter(
    (edge) => isStrong(edge, model) || isStrong(before.get(pairName(edge)), model),
  );
  const doubtful = written.filter((edge) => {
    const earlier = before.get(pairName(edge));
    return isStrong(edge, model) ? !isStrong(earlier, model) : isDoubtful(edge, model) && !isDoubtful(earlier, model);
  });
  return { tied: new Set(telling.flatMap(({ lo, hi }) => [lo, hi])), doubtful };
}
