import { remembered } from '../../shared/remembered.js';
import type { PersonName } from '../normalise/name.rules.js';
import { areFormsOfOneName } from '../normalise/nicknames.js';
import { editDistance, jaroWinkler } from '../normalise/similarity.rules.js';
import { isKnownGivenName } from './given-names.js';

/** How two records' given names relate; `unknown` when one of them says nothing. */
export type FirstNameRelation = 'agrees' | 'unknown' | 'differs';

/** Compares given names the tolerant way that a household needs: slips, initials, pet forms, swapped fields. */
export function relateFirstNames(a: PersonName | undefined, b: PersonName | undefined): FirstNameRelation {
  if (!a || !b) return 'unknown';
  if (a.generation !== undefined && b.generation !== undefined && a.generation !== b.generation) return 'differs';
  if (a.given.length === 0 || b.given.length === 0) return relateFamilyNames(a, b);
  if (areFamilyFirst(a, b)) return 'differs';
  const [firstA, firstB] = [a.given[0] as string, b.given[0] as string];
  if (sameGivenName(firstA, firstB)) return 'agrees';
  if (isTooShortToTell(firstA, firstB)) return 'unknown';
  // A middle name may be the one she goes by, or, as with José and María José, somebody else's; an initial says nothing.
  for (const one of a.given) {
    for (const other of b.given) if (one.length > 1 && other.length > 1 && sameGivenName(one, other)) return 'unknown';
  }
  return areSwapped(a, b) ? 'agrees' : 'differs';
}

/** Kea Robert and Kea Joyce: both written family name first, and two people. */
export function areFamilyFirst(a: PersonName, b: PersonName): boolean {
  const [mine, theirs] = [a.family.join(''), b.family.join('')];
  if (mine === theirs || !areTwoNames(mine, theirs)) return false;
  return a.given.length === 1 && a.given[0] === b.given[0] && !isKnownGivenName(a.given[0] as string);
}

/** Whether two folded given names may be one person's: equal, a slip apart, a pet form, or an initial. */
export function sameGivenName(a: string, b: string): boolean {
  if (a === b) return true;
  if (a.length === 1 || b.length === 1) return a[0] === b[0];
  if (areFormsOfOneName(a, b) || areSpelledAlike(a, b)) return true;
  if (areHisAndHers(a, b) || areTwoNames(a, b)) return false;
  const shorter = Math.min(a.length, b.length);
  if (shorter >= 3 && (a.startsWith(b) || b.startsWith(a))) return true;
  if (isGarbled(a, b)) return true;
  if (shorter < 5) return sortedLetters(a) === sortedLetters(b);
  return jaroWinkler(a, b) >= 0.84 || editDistance(a, b, 2) <= 2;
}

/** Two names that people chose, however like they look: Bea and Ben, Julia and Julian, Marco and Marko set aside. */
export function areTwoNames(a: string, b: string): boolean {
  return a !== b && isKnownGivenName(a) && isKnownGivenName(b) && !areFormsOfOneName(a, b) && !areSpelledAlike(a, b);
}

/** One name in two spellings: Eric and Erik, Sara and Sarah, Philipp and Filip. */
export function areSpelledAlike(a: string, b: string): boolean {
  return spoken(a) === spoken(b);
}

/** A first name as it is spoken, roughly; of so many names, most of which are borne by many, the form is remembered. */
export const spoken = remembered(20_000, asSpoken);

function asSpoken(name: string): string {
  return name
    .replace(/(?<=..)(ie|ey|y)$/, 'i')
    .replace(/ph/g, 'f')
    .replace(/ck|c(?=[aoukrl]|$)/g, 'k')
    .replace(/(?<=.)h/g, '')
    .replace(/y/g, 'i')
    .replace(/z/g, 's')
    .replace(/w/g, 'v')
    .replace(/(.)\1+/g, '$1');
}

/** A letter or two in a word so short that they make another name: it says neither the same nor another. */
export function isTooShortToTell(a: string, b: string): boolean {
  return Math.min(a.length, b.length) < 5 && !areTwoNames(a, b) && !areHisAndHers(a, b) && editDistance(a, b, 1) === 1;
}

/** Letters that both words have, as a share of all their letters (Dice), from which a word is taken for the other one garbled. */
export const garbledFrom = 0.82;

/**
 * One word typed badly, at least one of the two being no name that anybody chose: an inner letter left out or put in
 * (Hnry, Iy, Lucca), or nearly the same letters in another order (aessicJ). Another letter in a short word is another word.
 */
export function isGarbled(a: string, b: string): boolean {
  if (a[0] === b[0] && a.at(-1) === b.at(-1) && Math.abs(a.length - b.length) === 1 && Math.max(a.length, b.length) > 2)
    return !areTwoNames(a, b) && editDistance(a, b, 1) === 1;
  return Math.min(a.length, b.length) >= 4 && !areTwoNames(a, b) && sharedLetters(a, b) >= garbledFrom;
}

/** How much of two words is the same letters, in whatever order: 0 to 1 (Dice). */
export function sharedLetters(a: string, b: string): number {
  const left = [...b];
  let shared = 0;
  for (const letter of a) {
    const at = left.indexOf(letter);
    if (at === -1) continue;
    left.splice(at, 1);
    shared++;
  }
  return (2 * shared) / Math.max(1, a.length + b.length);
}

/** With a first name missing, another family name is another person; the same one may be anybody of the family. */
function relateFamilyNames(a: PersonName, b: PersonName): FirstNameRelation {
  if (a.family.length === 0 || b.family.length === 0) return 'unknown';
  // Either name may stand in the other's field.
  const [mine, theirs] = [
    [...a.family, ...a.given],
    [...b.family, ...b.given],
  ];
  const isNear = (word: string): boolean =>
    theirs.some((other) => other === word || jaroWinkler(other, word) >= 0.88 || editDistance(other, word, 1) <= 1);
  return mine.some(isNear) ? 'unknown' : 'differs';
}

const feminine = /^(a|e|s|ne|na|la|le|lle|tte|ta|ine|ina)$/;

/** Andrea and Andreas, Paul and Paula, Mario and Maria: one letter apart, and typically the two of a couple. */
export function areHisAndHers(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  // A known name beside a word that nobody is called is a slip: Matild is no second person beside Matilda.
  if (short.length < 3 || isKnownGivenName(a) !== isKnownGivenName(b)) return false;
  if (long.startsWith(short)) return feminine.test(long.slice(short.length));
  const stem = short.slice(0, -1);
  return (
    long.length - short.length <= 1 &&
    long.startsWith(stem) &&
    /o$/.test(short) !== /os?$/.test(long) &&
    /a$/.test(a) !== /a$/.test(b)
  );
}

function sortedLetters(word: string): string {
  return [...word].sort().join('');
}

function areSwapped(a: PersonName, b: PersonName): boolean {
  const near = (list: string[], word: string): boolean =>
    list.some((other) => other === word || (word.length > 3 && jaroWinkler(other, word) >= 0.9));
  const [mine, theirs] = [a.given.some((word) => near(b.family, word)), b.given.some((word) => near(a.family, word))];
  return (mine && (theirs || a.family.length === 0)) || (theirs && b.family.length === 0);
}
