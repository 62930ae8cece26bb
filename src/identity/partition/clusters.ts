import { type BirthLevel, compareBirths } from '../evidence/compare-fields.rules.js';
import { relateFirstNames } from '../evidence/first-name.rules.js';
import type { IdentifierKinds } from '../identifier-kinds.js';
import type { Day } from '../normalise/date.rules.js';
import type { PersonName } from '../normalise/name.rules.js';
import type { LiveRecord } from './live-record.js';
import { valueSpace } from './value-state.rules.js';

/** What may forbid a join: too many values of one kind, names that contradict (first names, or family names too where one is missing), birth dates that do. */
export interface Guards {
  /** How many values one person may have; of `own` kinds, a card or a login, no second one unless something proves it. */
  values: false | 'many' | 'own';
  names: false | 'first' | 'whole';
  births: boolean;
}

/**
 * What keeps two records apart that are alike enough to be one: a guard (names, births, or the kind of which a person has too many
 * values), or that a value which both hold is worth less than it seems, because others hold it too or neither asserts it.
 */
export type Refusal = 'names' | 'births' | 'worth' | `values ${string}`;

/** A human word is checked against other human words only. */
export const unguarded: Guards = { values: false, names: false, births: false };

interface Cluster {
  members: string[];
  names: PersonName[];
  births: Day[];
  values: Map<string, Set<string>>;
}

/** Names beyond this are not compared: by then the cluster has said often enough who it is. */
const namesCompared = 12;

/** A kind of which one person has at most so many is her own; departments may keep her under several numbers. */
const ownAtMost = 2;

/** Records growing together into customers, refusing what would mix two people. */
export class Clusters {
  private readonly of = new Map<string, Cluster>();
  private readonly foes = new Map<string, Set<string>>();

  constructor(
    records: readonly LiveRecord[],
    different: readonly (readonly [string, string])[],
    private readonly kinds: IdentifierKinds,
  ) {
    for (const record of records) this.of.set(record.id, this.alone(record));
    for (const [lo, hi] of different) {
      this.foes.set(lo, (this.foes.get(lo) ?? new Set()).add(hi));
      this.foes.set(hi, (this.foes.get(hi) ?? new Set()).add(lo));
    }
  }

  /** Joins the clusters of two records unless something forbids it; true when they are one afterwards. */
  join(a: string, b: string, guards: Guards): boolean {
    const [one, other] = [this.cluster(a), this.cluster(b)];
    if (one === other) return true;
    if (this.areJudgedDifferent(one, other) || this.guard(one, other, guards)) return false;
    this.merge(one, other);
    return true;
  }

  /** Which guard refuses to join the clusters of two records; undefined when none does, or when a judgement forbids it. */
  refusal(a: string, b: string, guards: Guards): Refusal | undefined {
    const [one, other] = [this.cluster(a), this.cluster(b)];
    return one === other || this.areJudgedDifferent(one, other) ? undefined : this.guard(one, other, guards);
  }

  areTogether(a: string, b: string): boolean {
    return this.cluster(a) === this.cluster(b);
  }

  /** The lowest record of the cluster, which names it. */
  head(id: string): string {
    return this.cluster(id).members.reduce((least, member) => (member < least ? member : least));
  }

  /** The number of records in the cluster of a record. */
  size(id: string): number {
    return this.cluster(id).members.length;
  }

  /** All clusters, members sorted, clusters sorted by their first member. */
  all(): string[][] {
    const distinct = [...new Set(this.of.values())].map((cluster) => [...cluster.members].sort());
    return distinct.sort((a, b) => ((a[0] as string) < (b[0] as string) ? -1 : 1));
  }

  private cluster(id: string): Cluster {
    const cluster = this.of.get(id);
    if (!cluster) throw new Error(`Record ${id} is not among the live records that were given.`);
    return cluster;
  }

  private alone(record: LiveRecord): Cluster {
    const values = new Map<string, Set<string>>();
    for (const held of record.identifiers) {
      const kind = this.kinds.get(held.kind);
      if (!held.asserted || !kind) continue;
      const space = valueSpace(kind, held.key);
      values.set(space, (values.get(space) ?? new Set()).add(held.key));
    }
    return {
      members: [record.id],
      names: record.name ? [record.name] : [],
      births: record.birth ? [record.birth] : [],
      values,
    };
  }

  private guard(one: Cluster, other: Cluster, guards: Guards): Refusal | undefined {
    const kind = guards.values && this.kindOfTooMany(one, other, guards.values);
    if (kind) return `values ${kind}`;
    if (guards.names && this.namesDiffer(one, other, guards.names)) return 'names';
    return guards.births && birthsDiffer(one, other) ? 'births' : undefined;
  }

  private areJudgedDifferent(one: Cluster, other: Cluster): boolean {
    if (this.foes.size === 0) return false;
    const [few, many] = one.members.length < other.members.length ? [one, other] : [other, one];
    return few.members.some((member) => {
      for (const foe of this.foes.get(member) ?? []) if (this.of.get(foe) === many) return true;
      return false;
    });
  }

  /** The first by name, so that the order of joining does not decide which is told. */
  private kindOfTooMany(one: Cluster, other: Cluster, extent: 'many' | 'own'): string | undefined {
    const refusing: string[] = [];
    for (const [space, mine] of one.values) {
      const theirs = other.values.get(space);
      if (!theirs) continue;
      const name = space.split(' ')[0] as string;
      const kind = this.kinds.get(name);
      const most = kind?.maxValuesPerPerson ?? Infinity;
      const isOwn = extent === 'own' && kind?.class === 'personal' && most <= ownAtMost;
      const together = new Set([...mine, ...theirs]).size;
      // A single over-rich record is a fault of its source; only a join that adds values is refused.
      const isTooMuch = together > most && together > Math.max(mine.size, theirs.size);
      if (isTooMuch || (isOwn && ![...mine].some((key) => theirs.has(key)))) refusing.push(name);
    }
    return refusing.sort()[0];
  }

  private namesDiffer(one: Cluster, other: Cluster, extent: 'first' | 'whole'): boolean {
    // One garbled name among many that fit is a slip; as many against as undecided are two people.
    let balance = 0;
    let differ = false;
    for (const mine of one.names) {
      for (const theirs of other.names) {
        if (extent === 'first' && (mine.given.length === 0 || theirs.given.length === 0)) continue;
        const relation = relateFirstNames(mine, theirs);
        // An initial fits everybody of the family who begins with it.
        const isInitial = mine.given[0]?.length === 1 || theirs.given[0]?.length === 1;
        if (relation === 'agrees' && isInitial) continue;
        if (relation === 'agrees') return false;
        if (relation === 'differs') differ = true;
        balance += relation === 'differs' ? 1 : -1;
      }
    }
    return differ && balance >= 0;
  }

  private merge(one: Cluster, other: Cluster): void {
    const [into, from] = one.members.length >= other.members.length ? [one, other] : [other, one];
    for (const member of from.members) this.of.set(member, into);
    into.members.push(...from.members);
    into.names = distinctNames([...into.names, ...from.names]);
    into.births.push(...from.births);
    for (const [space, keys] of from.values) {
      const mine = into.values.get(space) ?? new Set();
      for (const key of keys) mine.add(key);
      into.values.set(space, mine);
    }
  }
}

function birthsDiffer(one: Cluster, other: Cluster): boolean {
  let differ = false;
  for (const mine of one.births) {
    for (const theirs of other.births) {
      const level = compareBirths(mine, theirs);
      if (!plainlyDifferent.has(level)) return false;
      differ = true;
    }
  }
  return differ;
}

const plainlyDifferent = new Set<BirthLevel>(['differs', 'generationApart']);

/** Sorted before it is cut, so that the order of joining does not decide which names remain. */
function distinctNames(names: PersonName[]): PersonName[] {
  if (names.length < 2) return names;
  const distinct = new Map(names.map((name) => [JSON.stringify([name.given, name.generation ?? '']), name]));
  return [...distinct]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, namesCompared)
    .map(([, name]) => name);
}
