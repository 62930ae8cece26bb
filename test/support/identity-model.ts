import { identifierKinds as kinds } from '../../src/identity/identifier-kinds.js';
import { model } from '../../src/identity/evidence/model.js';
import { pairOf } from '../../src/identity/judge/judgement.store.js';
import { valueId } from '../../src/identity/partition/live-record.js';
import { withoutLookAlikes } from '../../src/identity/partition/look-alikes.rules.js';
import { partition } from '../../src/identity/partition/partition.rules.js';
import type { Observation } from '../../src/identity/record/observation.js';
import {
  absorb,
  blankRecord,
  liveRecord,
  profileOfRecord,
  type StoredRecord,
} from '../../src/identity/record/record.rules.js';
import { scored, type StoredPartition } from './identity-partition.js';
import { sources } from './identity-world.js';

/** What a person can say of two records. */
export type Verdict = 'same' | 'different' | 'unsure';

/** A judgement; `at` is nobody else's, so that it names the breath in which it was said. */
export interface Word {
  readonly lo: string;
  readonly hi: string;
  readonly verdict: Verdict;
  readonly by: string;
  readonly at: number;
  /** When it was taken back. */
  readonly revokedAt?: number;
}

/** All that was acknowledged, in memory: the records by id, what was judged of them, the values that identify nobody. */
export interface World {
  readonly records: ReadonlyMap<string, StoredRecord>;
  readonly words: readonly Word[];
  readonly blocked: ReadonlySet<string>;
}

/** Nothing was said yet. */
export const emptyWorld: World = { records: new Map(), words: [], blocked: new Set() };

/** The world after a command; undefined when the command cannot have had its outcome in this world. */
export type Replay = (world: World) => World | undefined;

/** Sources say something; the outcome is the record of each observation. */
export function observed(observations: readonly Observation[], recordIds: readonly string[]): Replay {
  return (world) => {
    const records = new Map(world.records);
    for (const [at, one] of observations.entries()) {
      const id = recordIds[at] as string;
      const known = [...records.values()].find(
        ({ sourceId, sourceKey }) => sourceId === one.source.id && sourceKey === one.sourceKey,
      );
      if (known && known.id !== id) return undefined;
      records.set(id, absorb(known ?? blankRecord(id, one), one, kinds));
    }
    return { ...world, records };
  };
}

/** Somebody judges; `at` is when, or absent when the same was said already. */
export function judged(
  { a, b, verdict, by }: { a: string; b: string; verdict: Verdict; by: string },
  at?: number,
): Replay {
  return (world) => {
    if (!world.records.has(a) || !world.records.has(b)) return undefined;
    const mine = [a, ...fellows(world, a, b)];
    const others = [b, ...fellows(world, b, a)];
    const isBetween = ({ lo, hi }: Word): boolean =>
      (mine.includes(lo) && others.includes(hi)) || (mine.includes(hi) && others.includes(lo));
    const takesBack = (one: Word): boolean =>
      verdict === 'same' && one.verdict === 'different' && one.revokedAt === undefined && isBetween(one);
    const together = verdict === 'different' ? others : [b];
    const isNew =
      world.words.some(takesBack) || !together.every((other) => isLastWord(world, pairOf(a, other), verdict, by));
    if (isNew !== (at !== undefined)) return undefined;
    if (at === undefined) return world;
    const kept = world.words.map((one) => (takesBack(one) ? { ...one, revokedAt: at } : one));
    return { ...world, words: [...kept, ...together.map((other) => ({ ...pairOf(a, other), verdict, by, at }))] };
  };
}

/** A judgement is taken back with its breath, and what it had taken back is in force again. */
export function revoked(word: Pick<Word, 'lo' | 'hi' | 'at'>): Replay {
  return (world) => {
    const named = world.words.find(({ lo, hi, at }) => lo === word.lo && hi === word.hi && at === word.at);
    if (named?.revokedAt !== undefined || !named) return undefined;
    const words = world.words.map((one): Word => {
      if (one.at === named.at && one.revokedAt === undefined) return { ...one, revokedAt: 0 };
      if (one.revokedAt !== named.at) return one;
      const { revokedAt: _, ...inForce } = one;
      return inForce;
    });
    return { ...world, words };
  };
}

/** A record is forgotten, with what was judged of it. */
export function removed(id: string): Replay {
  return (world) => ({
    ...world,
    records: new Map([...world.records].filter(([other]) => other !== id)),
    words: world.words.filter(({ lo, hi }) => lo !== id && hi !== id),
  });
}

/** A record bears a value no more. */
export function withdrawn(id: string, value: { kind: string; key: string }): Replay {
  return (world) => {
    const record = world.records.get(id);
    if (!record) return world;
    const identifiers = record.identifiers.filter(({ kind, key }) => kind !== value.kind || key !== value.key);
    return { ...world, records: new Map([...world.records, [id, { ...record, identifiers }]]) };
  };
}

/** A value, named as it is kept, identifies nobody; or does again. */
export function blocked(value: string, isBlocked: boolean): Replay {
  return (world) => {
    const all = new Set(world.blocked);
    if (isBlocked) all.add(value);
    else all.delete(value);
    return { ...world, blocked: all };
  };
}

/** The command found what it names gone, and did nothing. */
export function refused(isGone: (world: World) => boolean): Replay {
  return (world) => (isGone(world) ? world : undefined);
}

/** Everything computed in one go from what was acknowledged. */
export function partitionOf({ records, words, blocked: values }: World): StoredPartition {
  const all = [...records.values()];
  const edges = scored(all.map((record) => ({ id: record.id, profile: profileOfRecord(record) })));
  const { clusters, refused: apart } = partition({
    records: all.map(liveRecord),
    edges: withoutLookAlikes(edges, model),
    judgements: words
      .filter(({ revokedAt }) => revokedAt === undefined)
      .map((one) => ({ ...one, id: `${one.lo} ${one.hi} ${one.at}` })),
    blocked: new Set([...values].flatMap(everywhere)),
    kinds,
    model,
  });
  return { customers: clusters, refused: apart.map(({ lo, hi, by }) => `${lo} ${hi} ${by}`).sort() };
}

/** A value of which each source has its own is blocked at every source. */
function everywhere(value: string): string[] {
  const [kind, key] = [value.slice(0, value.indexOf(' ')), value.slice(value.indexOf(' ') + 1)];
  return key.startsWith(':') ? [value, ...sources.map(({ id }) => valueId(kind, id + key))] : [value];
}

/** Who else is one customer with a record, another one left out. */
function fellows(world: World, id: string, without: string): string[] {
  const hers = partitionOf(world).customers.find((ids) => ids.includes(id)) ?? [];
  return hers.filter((other) => other !== id && other !== without);
}

function isLastWord({ words }: World, pair: { lo: string; hi: string }, verdict: Verdict, by: string): boolean {
  const said = words.filter(({ lo, hi, revokedAt }) => lo === pair.lo && hi === pair.hi && revokedAt === undefined);
  const last = said.reduce<Word | undefined>((one, other) => (one && one.at > other.at ? one : other), undefined);
  return last?.verdict === verdict && last.by === by;
}
