import { mostMailEdits } from '../evidence/compare-fields.rules.js';
import { mostsOf, type Mosts } from '../evidence/levels.rules.js';
import type { Model } from '../evidence/model.js';
import { editDistance, mayBeAlike } from '../normalise/similarity.rules.js';
import { leastShared } from '../household/household.rules.js';
import { weightAt } from '../resolve/far-apart.rules.js';
import { bitsOf } from './bits.js';
import { place, wordsOfPart } from './sketches.js';
import type { WordBook } from './word-book.js';

/** The most that each comparison can come to, by what a sketch tells of it; in bits. */
interface Limits {
  base: number;
  given: number;
  givenDiffers: number;
  family: number;
  familyDiffers: number;
  at: Mosts['at'];
  mailUnequal: number;
  oneNumber: number;
  twoNumbers: number;
  noNumber: number;
}

const limits = new WeakMap<Model, Limits>();

function limitsOf(model: Model): Limits {
  const known = limits.get(model);
  if (known) return known;
  const { at, any } = mostsOf(model);
  const most = (field: string, levels: readonly string[]): number =>
    Math.max(...levels.map((level) => weightAt(at, field, level)));
  const made = {
    base: Math.max(0, any['relatives'] ?? 0) + Math.max(0, any['names'] ?? 0),
    given: any['given'] ?? 0,
    givenDiffers: weightAt(at, 'given', 'differs'),
    family: any['family'] ?? 0,
    familyDiffers: weightAt(at, 'family', 'differs'),
    at,
    mailUnequal: most('mail', ['near', 'slip', 'sameBox', 'rough', 'differs']),
    oneNumber: most('street', ['exact', 'close', 'sameNumber', 'differs']),
    twoNumbers: most('street', ['nearNumber', 'sameStreet', 'differs']),
    noNumber: most('street', ['noNumber', 'sameStreet', 'differs']),
  };
  limits.set(model, made);
  return made;
}

/**
 * Whether two records can be likely one person, or of one household, going by their sketches; false is certain, and costs a twentieth of
 * `areFarApart`, which looks closer at the others.
 */
export function mayBeNear(a: Int32Array, b: Int32Array, words: WordBook, model: Model): boolean {
  if (a[place.isOdd] === 1 || b[place.isOdd] === 1) return true;
  const limit = limitsOf(model);
  const own = limit.base + boundOfBirths(a[place.birth] as number, b[place.birth] as number, limit);
  let shared = boundOfAreas(a, b, words, limit);
  let homes = 0;
  if (a[place.phone] !== 0 && b[place.phone] !== 0) {
    const level = boundOfPhones(a, b);
    shared += weightAt(limit.at, 'phone', level);
    if (level === 'exact') homes += 1;
  }
  if (a[place.mail] !== 0 && b[place.mail] !== 0) {
    if (a[place.mail] === b[place.mail]) homes += 1;
    shared += boundOfMails(a, b, limit);
  }
  if (a[place.street] === 1 && b[place.street] === 1) {
    const isOneNumber = a[place.houseNumber] !== 0 && a[place.houseNumber] === b[place.houseNumber];
    if (isOneNumber) homes += 1;
    const hasNumbers = a[place.houseNumber] !== 0 && b[place.houseNumber] !== 0;
    shared += isOneNumber ? limit.oneNumber : hasNumbers ? limit.twoNumbers : limit.noNumber;
  }
  // What names could add at most sets many apart already.
  const bestNames = own + limit.given + Math.min(shared + limit.family, model.householdCap);
  if (bestNames < model.possible && homes + 1 < leastShared) return false;
  const names = namesThatMayBeOne(a, b, words);
  // Of two that are written family name first the one word stands in the other's place.
  if (names.family || names.given) homes += 1;
  const isNear = (given: number, family: number): boolean =>
    own + given + Math.min(shared + family, model.householdCap) >= model.possible;
  const hasFamilies = names.crossed || (a[place.family] !== 0 && b[place.family] !== 0);
  const familyDiffers = hasFamilies ? limit.familyDiffers : 0;
  return (
    homes >= leastShared ||
    isNear(names.given ? limit.given : limit.givenDiffers, names.family ? limit.family : familyDiffers) ||
    (names.given && isNear(limit.givenDiffers, limit.family))
  );
}

/** Which parts of two names may be one; where a given name may be the other's family name, both. */
function namesThatMayBeOne(
  a: Int32Array,
  b: Int32Array,
  words: WordBook,
): { given: boolean; family: boolean; crossed: boolean } {
  const given = partsMayBeOne(a, place.given, b, place.given, words);
  const family = partsMayBeOne(a, place.family, b, place.family, words);
  if (given && family) return { given, family, crossed: true };
  const crossed =
    partsMayBeOne(a, place.given, b, place.family, words) || partsMayBeOne(a, place.family, b, place.given, words);
  return { given: given || crossed, family: family || crossed, crossed };
}

function partsMayBeOne(a: Int32Array, partA: number, b: Int32Array, partB: number, words: WordBook): boolean {
  for (let i = 0; i < wordsOfPart && a[partA + i] !== 0; i += 1)
    for (let j = 0; j < wordsOfPart && b[partB + j] !== 0; j += 1)
      if (words.mayBeOneName(a[partA + i] as number, b[partB + j] as number)) return true;
  return false;
}

function boundOfBirths(a: number, b: number, { at }: Limits): number {
  if (a === 0 || b === 0) return 0;
  const weight = (level: string): number => weightAt(at, 'birth', level);
  if (a === b) return weight('exact');
  const [yearA, yearB] = [Math.floor(a / 10_000), Math.floor(b / 10_000)];
  const [monthA, monthB] = [Math.floor(a / 100) % 100, Math.floor(b / 100) % 100];
  const [dayA, dayB] = [a % 100, b % 100];
  const same = Number(yearA === yearB) + Number(monthA === monthB) + Number(dayA === dayB);
  const rest = Math.max(weight('withinTenYears'), weight('differs'), weight('generationApart'));
  let most = same === 2 ? weight('twoParts') : rest;
  if (yearA === yearB && monthA === dayB && dayA === monthB) most = Math.max(most, weight('exchanged'));
  if (same > 0 && digitsThatDiffer(a, b) <= 2) most = Math.max(most, weight('slip'));
  const days = Math.abs(yearA * 365.25 + monthA * 30.44 + dayA - (yearB * 365.25 + monthB * 30.44 + dayB));
  if (days <= 400) most = Math.max(most, weight('withinYear'));
  return days <= 46 ? Math.max(most, weight('withinMonth')) : most;
}

/** How many digits of two numbers of the same length differ; one edit changes one, or two neighbours. */
function digitsThatDiffer(a: number, b: number): number {
  let count = 0;
  for (let [one, other] = [a, b]; one > 0 || other > 0; one = Math.floor(one / 10), other = Math.floor(other / 10))
    if (one % 10 !== other % 10) count += 1;
  return count;
}

const towns = { edits: 0, jaroWinkler: 0.88, letters: 2 };

function boundOfAreas(a: Int32Array, b: Int32Array, words: WordBook, { at }: Limits): number {
  const [postalA, postalB] = [a[place.postalCode] as number, b[place.postalCode] as number];
  const [townA, townB] = [a[place.locality] as number, b[place.locality] as number];
  const hasPostal = postalA !== 0 && postalB !== 0;
  const hasTown = townA !== 0 && townB !== 0;
  if (!hasPostal && !hasTown) return 0;
  const weight = (level: string): number => weightAt(at, 'area', level);
  const edits = !hasPostal ? 2 : postalA === postalB ? 0 : editsUpTo1(words.word(postalA), words.word(postalB));
  const otherwise = edits === 0 ? 'postalCode' : edits === 1 ? 'slip' : 'differs';
  if (!hasTown || (townA !== townB && !mayBeAlike(words.word(townA), words.word(townB), towns)))
    return weight(otherwise);
  const alike = edits === 0 ? 'exact' : edits === 1 ? 'postalCode' : 'locality';
  return Math.max(weight(alike), weight(otherwise));
}

/** 1 or 2, if more; most of what differs does so in more than two characters, which is seen at a glance. */
function editsUpTo1(a: string, b: string): number {
  if (a.length !== b.length) return editDistance(a, b, 1);
  let differ = 0;
  for (let at = 0; at < a.length && differ <= 2; at += 1) if (a.charCodeAt(at) !== b.charCodeAt(at)) differ += 1;
  return differ > 2 ? 2 : editDistance(a, b, 1);
}

function boundOfPhones(a: Int32Array, b: Int32Array): 'exact' | 'near' | 'slip' | 'differs' {
  const [prefixA, prefixB] = [a[place.prefix] as number, b[place.prefix] as number];
  const differ = digitsThatDiffer((a[place.phone] as number) - 1, (b[place.phone] as number) - 1);
  if (differ === 0) return prefixA === prefixB ? 'exact' : 'near';
  if (prefixA === prefixB) return differ <= 2 ? 'slip' : 'differs';
  const longer = String(prefixA).length - String(prefixB).length;
  if (longer === 0) return differ + digitsThatDiffer(prefixA, prefixB) <= 2 ? 'slip' : 'differs';
  return Math.abs(longer) === 1 ? 'slip' : 'differs';
}

function boundOfMails(a: Int32Array, b: Int32Array, limit: Limits): number {
  if (a[place.mail] === b[place.mail]) return Math.max(weightAt(limit.at, 'mail', 'exact'), limit.mailUnequal);
  if (a[place.box] === b[place.box]) return limit.mailUnequal;
  const edits = a[place.host] === b[place.host] ? editsOfBoxes(a, b) : editsOfMails(a, b);
  return edits > mostMailEdits ? weightAt(limit.at, 'mail', 'differs') : limit.mailUnequal;
}

/** Edits that it takes at least from one box to the other: each changes one character of either. */
function editsOfBoxes(a: Int32Array, b: Int32Array): number {
  const longer = Math.abs((a[place.boxLength] as number) - (b[place.boxLength] as number));
  return Math.max(
    longer,
    without(a, place.boxLetters, b, place.boxLetters) + without(a, place.boxMarks, b, place.boxMarks),
    without(b, place.boxLetters, a, place.boxLetters) + without(b, place.boxMarks, a, place.boxMarks),
  );
}

/** The same of whole addresses, where what stands in the one box may stand in the other host. */
function editsOfMails(a: Int32Array, b: Int32Array): number {
  return Math.max(
    without(a, place.boxLetters, b, place.mailLetters) + without(a, place.boxMarks, b, place.mailMarks),
    without(b, place.boxLetters, a, place.mailLetters) + without(b, place.boxMarks, a, place.mailMarks),
  );
}

/** How many characters the one has and the other has not. */
function without(a: Int32Array, placeA: number, b: Int32Array, placeB: number): number {
  return bitsOf((a[placeA] as number) & ~(b[placeB] as number));
}
