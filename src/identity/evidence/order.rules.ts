import type { PersonName } from '../normalise/name.rules.js';
import type { Profile } from './profile.rules.js';

/** Exchanged names read otherwise from either side, so the sides are compared in the order of their names. */
export function inOrder(one: Profile, other: Profile): [Profile, Profile] {
  return isBefore(one.name, other.name) ? [one, other] : [other, one];
}

function isBefore(a: PersonName | undefined, b: PersonName | undefined): boolean {
  const [mine, theirs] = [a?.given[0], b?.given[0]];
  // Most are told apart by the first letter, for which nothing need be put together.
  if (mine !== undefined && theirs !== undefined && mine[0] !== theirs[0]) return mine < theirs;
  return textOf(a) <= textOf(b);
}

function textOf(name: PersonName | undefined): string {
  return name ? `${name.given.join(' ')}|${name.family.join(' ')}` : '';
}
