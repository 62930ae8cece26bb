import type { Tx } from '../../platform/database/transactions.js';
import { blockingKeys, overFullKey } from '../evidence/blocking.rules.js';
import type { Model } from '../evidence/model.js';
import { compare, weigh } from '../evidence/score.rules.js';
import { activeModel } from '../retrain/model.store.js';
import { householdEvidence } from '../household/household.rules.js';
import { lockRoom } from '../record/lock-keys.js';
import { pairOf } from '../judge/judgement.store.js';
import { edgesOf, pairName, type StoredEdge, writeEdges } from './edge.store.js';
import {
  type ComparedRecord,
  holdersOf,
  keysOf,
  matchKey,
  type MatchKey,
  profilesOf,
  writeKeys,
} from './match-key.store.js';

/** A record whose normal forms changed: absent before when it is new, absent after when it goes. */
export interface Rescored {
  id: string;
  isNew: boolean;
  after: ComparedRecord | undefined;
}

interface Owned extends MatchKey {
  recordId: string;
}

/**
 * Brings keys and edges of these records up to date; pairs are compared when they share a key that is not over-full.
 * @returns the records with a scored edge that is new, changed or gone.
 */
export async function rescore(tx: Tx, records: readonly Rescored[]): Promise<Set<string>> {
  if (records.length === 0) return new Set();
  const before = await keysOf(
    tx,
    records.filter((one) => !one.isNew).map((one) => one.id),
  );
  const after = new Map(
    records.map(({ id, after: record }) => [id, record ? blockingKeys(record.profile).map(matchKey) : []]),
  );
  const { added, removed } = difference(records, before, after);
  await writeKeys(tx, added, removed);
  const keys = new Map(after);
  const holders = await holdersOf(tx, [...[...after.values()].flat(), ...removed], records.length);
  const crossing = crossed(holders, added, removed);
  if (crossing.length > 0) await widen(tx, crossing, keys, holders);
  return replaceEdges(tx, records, keys, holders);
}

function difference(
  records: readonly Rescored[],
  before: ReadonlyMap<string, MatchKey[]>,
  after: ReadonlyMap<string, MatchKey[]>,
): { added: Owned[]; removed: Owned[] } {
  const [added, removed]: [Owned[], Owned[]] = [[], []];
  for (const { id } of records) {
    const [old, fresh] = [before.get(id) ?? [], after.get(id) ?? []];
    const had = new Set(old.map((key) => key.hash));
    const has = new Set(fresh.map((key) => key.hash));
    for (const key of fresh) if (!had.has(key.hash)) added.push({ ...key, recordId: id });
    for (const key of old) if (!has.has(key.hash)) removed.push({ ...key, recordId: id });
  }
  return { added, removed };
}

/** Keys that were over-full and are no more, or the other way round. */
function crossed(
  holders: ReadonlyMap<string, string[]>,
  added: readonly Owned[],
  removed: readonly Owned[],
): MatchKey[] {
  const growth = new Map<string, number>();
  for (const { hash } of added) growth.set(hash, (growth.get(hash) ?? 0) + 1);
  for (const { hash } of removed) growth.set(hash, (growth.get(hash) ?? 0) - 1);
  const keys = new Map([...added, ...removed].map((key) => [key.hash, key]));
  return [...keys.values()].filter(({ hash }) => {
    const now = holders.get(hash)?.length ?? 0;
    return now > overFullKey !== now - (growth.get(hash) ?? 0) > overFullKey;
  });
}

/** Adds everybody who holds a crossing key, with all their keys and who else holds those; rare, so alone in the room. */
async function widen(
  tx: Tx,
  crossing: readonly MatchKey[],
  keys: Map<string, MatchKey[]>,
  holders: Map<string, string[]>,
): Promise<void> {
  await lockRoom(tx);
  const concerned = [...new Set(crossing.flatMap(({ hash }) => holders.get(hash) ?? []))].filter((id) => !keys.has(id));
  for (const [id, owned] of await keysOf(tx, concerned)) keys.set(id, owned);
  const unknown = concerned.flatMap((id) => keys.get(id) ?? []).filter(({ hash }) => !holders.has(hash));
  for (const [hash, ids] of await holdersOf(tx, unknown, 0)) holders.set(hash, ids);
}

async function replaceEdges(
  tx: Tx,
  records: readonly Rescored[],
  keys: ReadonlyMap<string, MatchKey[]>,
  holders: ReadonlyMap<string, string[]>,
): Promise<Set<string>> {
  const pairs = new Map<string, { lo: string; hi: string }>();
  for (const [id, owned] of keys) {
    for (const { hash } of owned) {
      const ids = holders.get(hash) ?? [];
      if (ids.length > overFullKey) continue;
      for (const other of ids) if (other !== id) pairs.set(pairName(pairOf(id, other)), pairOf(id, other));
    }
  }
  const own = new Map(records.flatMap(({ id, after }) => (after ? [[id, after] as const] : [])));
  const others = [...new Set([...pairs.values()].flatMap(({ lo, hi }) => [lo, hi]))].filter((id) => !own.has(id));
  const compared = new Map([...own, ...(await profilesOf(tx, others))]);
  const model = await activeModel(tx);
  const wanted = [...pairs.values()].map((pair) => edgeOf(pair, compared, model)).filter((edge) => edge !== undefined);
  const isNew = new Set(records.filter((one) => one.isNew).map((one) => one.id));
  const present = new Map(
    (
      await edgesOf(
        tx,
        [...keys.keys()].filter((id) => !isNew.has(id)),
      )
    ).map((edge) => [pairName(edge), edge]),
  );
  const kept = new Set(wanted.map(pairName));
  const written = wanted.filter((edge) => !isSame(edge, present.get(pairName(edge))));
  const kindOf = new Map(written.map((edge) => [pairName(edge), edge.kind]));
  const gone = [...present.values()].filter((edge) => {
    const name = pairName(edge);
    return !kept.has(name) || (kindOf.get(name) ?? edge.kind) !== edge.kind;
  });
  await writeEdges(tx, written, gone, model.version);
  const scored = [...written, ...gone].filter((edge) => edge.kind === 'scored');
  return new Set(scored.flatMap(({ lo, hi }) => [lo, hi]));
}

/** The compared pair, if it says enough to be kept: of one person, or of one household. */
function edgeOf(
  { lo, hi }: { lo: string; hi: string },
  compared: ReadonlyMap<string, ComparedRecord>,
  model: Model,
): StoredEdge | undefined {
  const [one, other] = [compared.get(lo), compared.get(hi)];
  if (!one || !other) return undefined;
  const evidence = compare(one.profile, other.profile, model);
  const weight = weigh(evidence, model);
  const areTrusted = one.trusted && other.trusted;
  if (weight >= model.possible) return { lo, hi, kind: 'scored', weight, effective: areTrusted, evidence };
  const shared = areTrusted ? householdEvidence(evidence) : [];
  if (shared.length === 0) return undefined;
  return { lo, hi, kind: 'related', weight: weigh(shared, model), effective: false, evidence: shared };
}

function isSame(a: StoredEdge, b: StoredEdge | undefined): boolean {
  return b !== undefined && a.kind === b.kind && a.effective === b.effective && gist(a) === gist(b);
}

function gist({ evidence }: StoredEdge): string {
  return evidence.map(({ field, level, weight, values }) => [field, level, weight, values].join(' ')).join('\n');
}
