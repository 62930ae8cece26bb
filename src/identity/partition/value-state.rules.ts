import { relateFirstNames } from '../evidence/first-name.rules.js';
import type { IdentifierKind } from '../identifier.js';
import type { IdentifierKinds } from '../identifier-kinds.js';
import type { PersonName } from '../normalise/name.rules.js';
import type { LiveRecord } from './live-record.js';

/**
 * What a value is worth, given who holds it: one person's own; shared, so that only holders who agree on the first
 * name are joined; generic, worth nothing.
 */
export type ValueState = 'personal' | 'shared' | 'generic';

/** A value on more records than this is generic whatever the names say. */
export const overFull = 200;

/** The state of one value; a pure function of the live records that hold it asserted. */
export function valueState(holders: readonly LiveRecord[], kind: IdentifierKind, kinds: IdentifierKinds): ValueState {
  if (kind.class === 'place' || holders.length > overFull) return 'generic';
  const people = countPeople(holders, kind, kinds);
  if (people > kind.maxPeoplePerValue) return 'generic';
  return people > 1 ? 'shared' : 'personal';
}

/** The least number of people that can explain these records, from their first names and from their other values. */
export function countPeople(holders: readonly LiveRecord[], kind: IdentifierKind, kinds: IdentifierKinds): number {
  return Math.max(1, countByName(holders), countByValues(holders, kind, kinds));
}

/** First names that do not agree, and of holders without one the family names that nobody else here bears. */
function countByName(holders: readonly LiveRecord[]): number {
  const groups: (PersonName | undefined)[][] = [];
  // A name that may be a slip of one that more records bear counts nobody anew.
  const largestFirst = groupByFirstName(holders).sort((a, b) => b.length - a.length);
  for (const group of largestFirst) {
    const names = group.map((holder) => holder.name);
    const isNew = groups.every((other) => other.some((one) => names.some((name) => areApart(one, name))));
    if (isNew) groups.push(names);
  }
  for (const { name } of [...holders].sort(byRank)) {
    if (name === undefined || name.given.length > 0) continue;
    const isAmong = (group: (PersonName | undefined)[]): boolean =>
      group.some((other) => relateFirstNames(name, other) !== 'differs');
    if (!groups.some(isAmong)) groups.push([name]);
  }
  return groups.length;
}

function areApart(a: PersonName | undefined, b: PersonName | undefined): boolean {
  return relateFirstNames(a, b) === 'differs';
}

/** Holders with a first name, grouped so that those who agree stand together; in a fixed order. */
export function groupByFirstName(holders: readonly LiveRecord[]): LiveRecord[][] {
  const named = holders.filter((holder) => holder.name !== undefined && holder.name.given.length > 0);
  const groups: { names: PersonName[]; members: LiveRecord[] }[] = [];
  for (const holder of [...named].sort(byRank)) {
    const name = holder.name as PersonName;
    const mine = groups.filter((group) => group.names.some((other) => relateFirstNames(name, other) === 'agrees'));
    const [first, ...others] = mine;
    if (!first) {
      groups.push({ names: [name], members: [holder] });
      continue;
    }
    first.names.push(name);
    first.members.push(holder);
    for (const other of others) {
      first.names.push(...other.names);
      first.members.push(...other.members);
      groups.splice(groups.indexOf(other), 1);
    }
  }
  return groups
    .map((group) => group.members.sort(byRank))
    .sort((a, b) => byRank(a[0] as LiveRecord, b[0] as LiveRecord));
}

/** Sorts records by rank. */
export function byRank(a: LiveRecord, b: LiveRecord): number {
  return a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0;
}

function countByValues(holders: readonly LiveRecord[], kind: IdentifierKind, kinds: IdentifierKinds): number {
  const values = new Map<string, Set<string>>();
  for (const holder of holders) {
    for (const held of holder.identifiers) {
      const other = kinds.get(held.kind);
      if (!held.asserted || !other || other === kind || other.class === 'device' || other.class === 'place') continue;
      const space = valueSpace(other, held.key);
      values.set(space, (values.get(space) ?? new Set()).add(held.key));
    }
  }
  let people = 0;
  for (const [space, keys] of values) {
    const most = kinds.get(space.split(' ')[0] as string)?.maxValuesPerPerson ?? 1;
    people = Math.max(people, Math.ceil(keys.size / most));
  }
  return people;
}

/** The naming space a value counts in: one a kind, and for scoped kinds one a source. */
export function valueSpace(kind: IdentifierKind, key: string): string {
  return kind.scoped ? `${kind.kind} ${key.slice(0, key.indexOf(':'))}` : kind.kind;
}
