import { pick } from '../seed/plan.js';

/** What a department writes of one person: cells in the order of `headings`; empty where it knows nothing. */
export type PersonRow = readonly string[];

/** The headings of the bench's file of people. */
export const headings = [
  'id',
  'first name',
  'last name',
  'birth date',
  'email',
  'phone',
  'street',
  'house number',
  'postal code',
  'city',
] as const;

/** Of a hundred rows so many tell of somebody of whom an earlier row has told, under another id and with slips. */
const repeatedPercent = 15;

const syllables =
  'al be cor dan el fa gre hol im jor ken lu mar nev ol pra quin ros sil tor ul ven wes xan yor zel bran dro fen gar'.split(
    ' ',
  );
const endings = ['a', 'an', 'e', 'er', 'ia', 'in', 'o', 'us'];
const streetKinds = ['weg', 'allee', 'gasse', 'platz', ' Straße'];
const hosts = ['mail.example', 'post.example', 'box.example', 'net.example'];

/** How many names there are; the most common is borne by about one in a hundred. */
const givenNames = 3000;
const familyNames = 40_000;
const towns = 4000;

/** Row `n` of the file, the same in every run. */
export function personRow(n: number): PersonRow {
  const isRepeated = n > 1000 && pick(n, 31, 100) < repeatedPercent;
  const row = isRepeated ? slipped([...original(pick(n, 32, n))], n) : original(n);
  return [`P${n}`, ...row];
}

/** The file from its first line; `skip` rows are left out, as for records that come later. */
export function* peopleCsv(count: number, from = 0): Generator<string> {
  yield `${headings.join(',')}\n`;
  for (let n = from; n < from + count; n += 1) yield `${personRow(n).join(',')}\n`;
}

function original(n: number): string[] {
  const given = name(zipf(n, 1, givenNames), 1);
  const family = name(zipf(n, 2, familyNames), 2);
  const town = zipf(n, 3, towns);
  const born = new Date(Date.UTC(1935 + pick(n, 4, 72), pick(n, 5, 12), 1 + pick(n, 6, 28))).toISOString().slice(0, 10);
  const mail = `${given}.${family}${pick(n, 7, 3) === 0 ? '' : n % 10_000}@${hosts[pick(n, 8, hosts.length)]}`;
  const street = `${name(pick(n, 9, 5000), 1)}${streetKinds[pick(n, 10, streetKinds.length)]}`;
  return [
    given,
    family,
    pick(n, 11, 100) < 60 ? born : '',
    pick(n, 12, 100) < 75 ? mail.toLowerCase() : '',
    pick(n, 13, 100) < 70 ? `+49 ${1500 + pick(n, 14, 290)} ${1_000_000 + pick(n, 15, 8_999_999)}` : '',
    street,
    String(1 + pick(n, 16, 120)),
    String(10_000 + town * 17),
    name(town, 2),
  ];
}

/** One or two things of a row written otherwise: a letter, a new number, a move, an initial. */
function slipped(row: string[], n: number): string[] {
  for (let turn = 0; turn < 1 + pick(n, 41, 2); turn += 1) {
    const kind = pick(n, 42 + turn, 7);
    const [given = '', family = ''] = row;
    if (kind === 0) row[0] = typo(given, n + turn);
    if (kind === 1) row[1] = typo(family, n + turn);
    if (kind === 2) row[2] = '';
    if (kind === 3) row[3] = `${given}${pick(n, 44, 99)}@${hosts[pick(n, 45, hosts.length)]}`.toLowerCase();
    if (kind === 4) row[4] = `+49 ${1500 + pick(n, 46, 290)} ${1_000_000 + pick(n, 47, 8_999_999)}`;
    if (kind === 5) [row[5], row[6]] = [`${name(pick(n, 48, 5000), 1)}weg`, String(1 + pick(n, 49, 120))];
    if (kind === 6) row[0] = given.slice(0, 1);
  }
  return row;
}

/** Two neighbouring letters exchanged. */
function typo(word: string, n: number): string {
  const at = 1 + pick(n, 50, Math.max(1, word.length - 2));
  return word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2);
}

/** A rank from 0 to `below`, the r-th of them about as frequent as 1/(r + 20) (Zipf-Mandelbrot). */
function zipf(n: number, salt: number, below: number): number {
  const share = pick(n, salt, 1_000_000) / 1_000_000;
  return Math.floor(shift * ((below + shift) / shift) ** share - shift);
}

const shift = 20;

/** The word of a number, in so many syllables and an ending. */
function name(number: number, length: number): string {
  let rest = number;
  let made = '';
  for (let place = 0; place < length || rest > 0; place += 1) {
    made += syllables[rest % syllables.length];
    rest = Math.floor(rest / syllables.length);
  }
  made += endings[number % endings.length];
  return made.charAt(0).toUpperCase() + made.slice(1);
}
