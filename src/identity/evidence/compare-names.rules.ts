import type { PersonName } from '../normalise/name.rules.js';
import { areFormsOfOneName } from '../normalise/nicknames.js';
import { editDistance, jaroWinkler, mayBeAlike } from '../normalise/similarity.rules.js';
import {
  areFamilyFirst,
  areHisAndHers,
  areSpelledAlike,
  areTwoNames,
  garbledFrom,
  isGarbled,
  isTooShortToTell,
} from './first-name.rules.js';

/** How two name parts relate, from equal to plainly different; absent where one is unknown. */
export type NameLevel =
  'exact' | 'part' | 'petName' | 'close' | 'initial' | 'near' | 'slight' | 'hisAndHers' | 'differs';

/** Both parts of two names, compared the way round that fits better. */
export interface NameComparison {
  given?: NameLevel;
  family?: NameLevel;
  swapped: boolean;
}

/** How a name relates to what a mail box is called. */
export type BoxLevel = 'fullName' | 'initialAndName' | 'oneName' | 'differs';

/** Compares a name with what mail boxes are called: ada.lovelace@, alovelace@, ada99@. */
export function compareWithBoxes(name: PersonName, boxes: readonly string[]): BoxLevel {
  let best: BoxLevel = 'differs';
  const family = name.family.join('');
  for (const box of boxes) {
    for (const given of name.given) {
      if (given.length > 1 && family.length > 1 && (box === given + family || box === family + given))
        return 'fullName';
      if (family.length > 2 && (box === `${given[0]}${family}` || box === `${family}${given[0]}`))
        best = 'initialAndName';
    }
    const single = [...name.given, ...name.family].some((word) => word.length > 2 && box === word);
    if (single && best === 'differs') best = 'oneName';
  }
  return best;
}

const rank: Record<NameLevel, number> = {
  exact: 7,
  part: 6,
  petName: 5,
  close: 5,
  initial: 3,
  near: 2,
  slight: 1.5,
  hisAndHers: 1,
  differs: 0,
};

/** Compares two names straight and, when that fits badly, with given and family name exchanged on one side. */
export function compareNames(a: PersonName, b: PersonName): NameComparison {
  const straight = { given: comparePart(a.given, b.given, true), family: comparePart(a.family, b.family, false) };
  if (areFamilyFirst(a, b))
    return present(
      { given: comparePart(a.family, b.family, true), family: comparePart(a.given, b.given, false) },
      true,
    );
  if (fit(straight) >= rank.petName + rank.petName) return present(straight, false);
  const crossed = { given: comparePart(a.given, b.family, true), family: comparePart(a.family, b.given, false) };
  // Only names that fit crosswise on both sides, or where one side has a single name, are taken to be exchanged.
  const bothFit = isGood(crossed.given) && isGood(crossed.family);
  const oneFits =
    !isGood(straight.given) && !isGood(straight.family) && fit(crossed) > fit(straight) && hasOnlyOnePart(a, b);
  if (bothFit) return present(crossed, true);
  if (!oneFits) return present(straight, false);
  // A name in the other field is the family's unless both sides know their first names.
  const isGivenBetter = crossed.given !== undefined && (!crossed.family || rank[crossed.given] > rank[crossed.family]);
  return present({ given: undefined, family: isGivenBetter ? crossed.given : crossed.family }, true);
}

function hasOnlyOnePart(a: PersonName, b: PersonName): boolean {
  return [a, b].some((name) => name.given.length === 0 || name.family.length === 0);
}

function isGood(level: NameLevel | undefined): boolean {
  return level !== undefined && rank[level] >= rank.petName;
}

function fit({ given, family }: { given: NameLevel | undefined; family: NameLevel | undefined }): number {
  return (given ? rank[given] : 0) + (family ? rank[family] : 0);
}

function present(
  { given, family }: { given: NameLevel | undefined; family: NameLevel | undefined },
  swapped: boolean,
): NameComparison {
  return { swapped, ...(given && { given }), ...(family && { family }) };
}

function comparePart(a: readonly string[], b: readonly string[], isGiven: boolean): NameLevel | undefined {
  if (a.length === 0 || b.length === 0) return undefined;
  const [wholeA, wholeB] = [a.join(''), b.join('')];
  if (wholeA === wholeB) return 'exact';
  let best = compareWords(wholeA, wholeB, isGiven);
  if (a.length === 1 && b.length === 1) return best;
  for (const one of a) {
    for (const other of b) {
      const isFirst = one === a[0] && other === b[0];
      if (!isFirst && (one.length === 1 || other.length === 1)) continue;
      const level = compareWords(one, other, isGiven);
      const seen = level === 'exact' && one.length > 2 ? (isGiven && isFirst ? 'exact' : 'part') : level;
      if (rank[seen] > rank[best]) best = seen;
    }
  }
  return best;
}

function compareWords(a: string, b: string, isGiven: boolean): NameLevel {
  if (a === b) return 'exact';
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length === 1) return short === long[0] ? 'initial' : 'differs';
  if (isGiven && areFormsOfOneName(a, b)) return 'petName';
  if (isGiven) {
    if (areSpelledAlike(a, b)) return 'close';
    if (areHisAndHers(a, b)) return 'hisAndHers';
    if (areTwoNames(a, b)) return 'differs';
    if (isTooShortToTell(a, b) && !isGarbled(a, b))
      return isTransposed(a, b) ? 'close' : long.startsWith(short) ? 'petName' : 'slight';
  }
  if (!mayBeAlike(a, b, alike)) return isGiven && short.length >= 3 && long.startsWith(short) ? 'petName' : 'differs';
  const edits = editDistance(a, b, 2);
  if (edits === 1 && long.length >= 3) return 'close';
  const likeness = jaroWinkler(a, b);
  if (likeness >= 0.92 || (edits === 2 && long.length >= 7 && likeness >= 0.88)) return 'close';
  if (isGiven && short.length >= 3 && long.startsWith(short)) return 'petName';
  if (likeness >= alike.jaroWinkler || (edits <= 2 && short.length >= 5) || isGarbled(a, b)) return 'near';
  return 'differs';
}

/** From where on two words may be one, by any of the measures. */
export const alike = { edits: 2, jaroWinkler: 0.84, letters: garbledFrom };

function isTransposed(a: string, b: string): boolean {
  return a.length === b.length && [...a].sort().join('') === [...b].sort().join('');
}
