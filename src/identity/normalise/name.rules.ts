import { isPlaceholder } from './placeholder.rules.js';
import { words } from './text.rules.js';

/** A person's name as folded tokens; either list may be empty when that part is unknown. */
export interface PersonName {
  given: string[];
  family: string[];
  /** Generation: what tells father from son. */
  generation?: 'jr' | 'sr' | '2' | '3' | '4';
}

/** A name as it came: in parts, or as one text. */
export interface RawName {
  name?: string | undefined;
  givenName?: string | undefined;
  middleName?: string | undefined;
  familyName?: string | undefined;
}

const titles = new Set(
  `mr mrs ms miss mx dr prof professor doctor dipl ing mag herr frau fr hr mme mlle monsieur madame mademoiselle don dona
   senor senora sra srta pan pani sir lady lord dame rev kyrios kyria phd md mba bsc msc`.split(/\s+/),
);
const particles = new Set(
  'von van der den de del della di da dos du la le las los ter ten zu zum af av bin ibn al el y'.split(' '),
);
const generations: Record<string, NonNullable<PersonName['generation']>> = {
  jr: 'jr',
  junior: 'jr',
  sr: 'sr',
  senior: 'sr',
  ii: '2',
  iii: '3',
  iv: '4',
};

/** Reads a name from its parts, or from one text: "Ada Lovelace", "Lovelace, Ada", "Dr. Ada von Lovelace Jr". */
export function parseName(raw: RawName): PersonName | undefined {
  const given = tokens(raw.givenName);
  const family = tokens(raw.familyName);
  const whole = given.length + family.length === 0 ? raw.name : undefined;
  const parts = whole === undefined ? { given, family } : split(whole);
  const generation = takeGeneration(parts.family) ?? takeGeneration(parts.given);
  const middle = tokens(raw.middleName);
  if (parts.given.length + parts.family.length === 0) return undefined;
  const name = { given: [...parts.given, ...middle], family: parts.family };
  return generation === undefined ? name : { ...name, generation };
}

function tokens(text: string | undefined): string[] {
  if (text === undefined || isPlaceholder(text)) return [];
  const found = words(text);
  const first = found.findIndex((word) => !titles.has(word));
  return first === -1 ? [] : found.slice(first);
}

function split(whole: string): { given: string[]; family: string[] } {
  const [before = '', ...behind] = whole.split(',');
  if (behind.length > 0 && !(words(behind.join(' ')).join(' ') in generations)) {
    return { given: tokens(behind.join(' ')), family: tokens(before) };
  }
  const all = tokens(whole);
  const last = all.at(-1);
  const kept = last !== undefined && all.length > 2 && last in generations ? all.slice(0, -1) : all;
  let start = Math.max(kept.length - 1, 0);
  while (start > 1 && particles.has(kept[start - 1] ?? '')) start--;
  const suffix = kept === all || last === undefined ? [] : [last];
  return { given: kept.slice(0, start), family: [...kept.slice(start), ...suffix] };
}

function takeGeneration(part: string[]): PersonName['generation'] {
  const last = part.at(-1);
  if (part.length < 2 || last === undefined) return undefined;
  const generation = generations[last];
  if (generation !== undefined) part.pop();
  return generation;
}
