import type { Street } from '../normalise/address.rules.js';
import type { Day } from '../normalise/date.rules.js';
import { editDistance, jaroWinkler } from '../normalise/similarity.rules.js';

/** How two birth dates relate. */
export type BirthLevel =
  | 'exact'
  | 'exchanged'
  | 'slip'
  | 'twoParts'
  | 'withinMonth'
  | 'withinYear'
  | 'withinTenYears'
  | 'differs'
  | 'generationApart';

/** Compares birth dates by what fingers and forms do to them, and by what lies between a father and a son. */
export function compareBirths(a: Day, b: Day): BirthLevel {
  const same = Number(a.year === b.year) + Number(a.month === b.month) + Number(a.day === b.day);
  if (same === 3) return 'exact';
  if (a.year === b.year && a.month === b.day && a.day === b.month) return 'exchanged';
  // A slip changes one part of the date, or two neighbours of it.
  if (same > 0 && editDistance(digits(a), digits(b), 1) === 1) return 'slip';
  if (same === 2) return 'twoParts';
  const days = Math.abs(dayNumber(a) - dayNumber(b));
  if (days <= 46) return 'withinMonth';
  if (days <= 400) return 'withinYear';
  const years = Math.abs(a.year - b.year);
  if (same === 0 && years >= 18 && years <= 42) return 'generationApart';
  return days <= 3693 ? 'withinTenYears' : 'differs';
}

/** Whether these digits, no date themselves, are this date with one digit wrong or two exchanged. */
export function isSlipOf(misdate: string, birth: Day): boolean {
  return editDistance(misdate, digits(birth), 1) === 1;
}

function digits({ year, month, day }: Day): string {
  return `${year}${String(month).padStart(2, '0')}${String(day).padStart(2, '0')}`;
}

function dayNumber({ year, month, day }: Day): number {
  return year * 365.25 + month * 30.44 + day;
}

/** How the mail addresses of two records relate at best. */
export type MailLevel = 'exact' | 'near' | 'slip' | 'sameBox' | 'rough' | 'differs';

/** Compares all mail addresses of two records. */
export function compareMails(a: readonly string[], b: readonly string[]): MailLevel {
  let best: MailLevel = 'differs';
  for (const one of a) {
    for (const other of b) {
      if (one === other) return 'exact';
      const level = compareTwoMails(one, other);
      if (mailRank[level] > mailRank[best]) best = level;
    }
  }
  return best;
}

const mailRank: Record<MailLevel, number> = { exact: 5, near: 4, slip: 3, sameBox: 2, rough: 1, differs: 0 };

/** Edits beyond which two mail addresses are no slips of one another, however long they are. */
export const mostMailEdits = 4;

function compareTwoMails(a: string, b: string): MailLevel {
  const [boxA, hostA] = parts(a);
  const [boxB, hostB] = parts(b);
  const [plainA, plainB] = [plainBox(boxA), plainBox(boxB)];
  if (hostA === hostB && plainA === plainB)
    return dropsDots.has(hostA) || boxA.includes('+') || boxB.includes('+') ? 'near' : 'sameBox';
  // Another number behind the same name is another person's mailbox, not a slip.
  if (hostA === hostB && plainA.replace(/\d/g, '') === plainB.replace(/\d/g, '')) return 'differs';
  const length = Math.max(a.length, b.length);
  const edits = editDistance(a, b, mostMailEdits);
  // A letter more or less in a short box is another box.
  const isShort = hostA === hostB && Math.min(plainA.length, plainB.length) < 6;
  if (edits <= Math.min(mostMailEdits, 1 + length / 16) && !isShort) return 'slip';
  if (plainA === plainB && plainA.length >= 5) return 'sameBox';
  // On one host only the box can differ, and many boxes there are alike; two garbled hosts are seldom alike by chance.
  return hostA !== hostB && edits <= Math.min(mostMailEdits, length / 5) ? 'rough' : 'differs';
}

const dropsDots = new Set(['gmail.com', 'googlemail.com']);

function plainBox(box: string): string {
  return box.replace(/\+.*$/, '').replace(/[._-]/g, '');
}

function parts(mail: string): [string, string] {
  const at = mail.lastIndexOf('@');
  return [mail.slice(0, at), mail.slice(at + 1)];
}

/** How the phone numbers of two records relate at best. */
export type PhoneLevel = 'exact' | 'near' | 'slip' | 'differs';

/** Compares all phone numbers of two records. */
export function comparePhones(a: readonly string[], b: readonly string[]): PhoneLevel {
  let best: PhoneLevel = 'differs';
  for (const one of a) {
    for (const other of b) {
      if (one === other) return 'exact';
      if (one.slice(-9) === other.slice(-9)) best = 'near';
      else if (best === 'differs' && editDistance(one, other, 1) === 1) best = 'slip';
    }
  }
  return best;
}

/** How two street addresses relate. */
export type StreetLevel = 'exact' | 'close' | 'noNumber' | 'nearNumber' | 'sameStreet' | 'sameNumber' | 'differs';

/** Compares street addresses, kinds of street left aside, spaces and slips forgiven. */
export function compareStreets(a: Street, b: Street): StreetLevel {
  const likeness = likenessOfStreets(a.name, b.name);
  const hasNumbers = a.number !== '' && b.number !== '';
  if (!hasNumbers) return likeness >= 0.9 ? 'noNumber' : likeness >= 0.75 ? 'sameStreet' : 'differs';
  if (a.number === b.number)
    return likeness === 1 ? 'exact' : likeness >= 0.75 ? 'close' : a.number.length > 2 ? 'sameNumber' : 'differs';
  if (likeness < 0.85) return 'differs';
  return a.number.length > 1 && b.number.length > 1 && editDistance(a.number, b.number, 1) === 1
    ? 'nearNumber'
    : 'sameStreet';
}

function likenessOfStreets(a: readonly string[], b: readonly string[]): number {
  const [wholeA, wholeB] = [a.join(''), b.join('')];
  if (wholeA === wholeB) return 1;
  const length = Math.max(wholeA.length, wholeB.length);
  const edits = editDistance(wholeA, wholeB, 4);
  return Math.max(edits <= length / 4 ? 1 - edits / length : 0, overlap(a, b), sharedPairs(wholeA, wholeB));
}

/** Neighbouring letters that two texts share (Dice): words in another order and blanks lost or moved change little. */
function sharedPairs(a: string, b: string): number {
  if (Math.min(a.length, b.length) < 8) return 0;
  const counts = new Map<string, number>();
  for (let i = 1; i < a.length; i++) counts.set(a.slice(i - 1, i + 1), (counts.get(a.slice(i - 1, i + 1)) ?? 0) + 1);
  let shared = 0;
  for (let i = 1; i < b.length; i++) {
    const pair = b.slice(i - 1, i + 1);
    const left = counts.get(pair) ?? 0;
    if (left > 0) shared++;
    counts.set(pair, left - 1);
  }
  const share = (2 * shared) / (a.length + b.length - 2);
  // Below a half it is chance; a half is as much as three words of four.
  return share < 0.5 ? 0 : 0.5 + share / 2 - 0.01;
}

/** Share of the words of the shorter street found in the longer one, a slip allowed. */
function overlap(a: readonly string[], b: readonly string[]): number {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  const isFound = (word: string): boolean =>
    long.some((other) => other === word || (word.length > 3 && editDistance(word, other, 1) <= 1));
  return short.filter(isFound).length / Math.max(short.length, 1) - (long.length - short.length) * 0.03 - 0.01;
}

/** How two towns with their postcodes relate. */
export type AreaLevel = 'exact' | 'postalCode' | 'locality' | 'slip' | 'differs';

/** A town and its postcode. */
export interface Area {
  postalCode?: string | undefined;
  locality?: string | undefined;
}

/** Compares towns; undefined when nothing can be compared. */
export function compareAreas(a: Area, b: Area): AreaLevel | undefined {
  const postal =
    a.postalCode !== undefined && b.postalCode !== undefined ? editDistance(a.postalCode, b.postalCode, 1) : undefined;
  const town =
    a.locality !== undefined && b.locality !== undefined ? likenessOfTowns(a.locality, b.locality) : undefined;
  if (postal === undefined && town === undefined) return undefined;
  if (postal === 0 && town !== undefined && town >= 0.88) return 'exact';
  if (postal === 0) return 'postalCode';
  if (town !== undefined && town >= 0.88) return postal === 1 ? 'postalCode' : 'locality';
  return postal === 1 ? 'slip' : 'differs';
}

function likenessOfTowns(a: string, b: string): number {
  if (a === b) return 1;
  return Math.max(jaroWinkler(a, b), a.length === b.length && sorted(a) === sorted(b) ? 0.95 : 0);
}

function sorted(text: string): string {
  return [...text].sort().join('');
}
