import { remembered } from '../../shared/remembered.js';
import type { Day } from '../normalise/date.rules.js';
import type { Profile } from './profile.rules.js';

/** A key that two records must share to be compared at all: its kind, and the text it is a hash of. */
export interface BlockingKey {
  kind: string;
  text: string;
}

/** A key on more records than this finds nobody: it would compare everybody with everybody. */
export const overFullKey = 50;

/** A weak key on more records than this is no reason by itself to compare them. */
const crowdedKey = 10;

/** Kinds of keys that many share by chance. */
const weak = new Set('box names birth nameMonth nameMonthDay namePostal nameYear nameTown nameNumber'.split(' '));

/** Whether many share keys of this kind by chance. */
export function isWeakKind(kind: string): boolean {
  return weak.has(kind);
}

/** How much a key on so many records is a reason to compare two of them; they are compared when all they share make 1. */
export function meetingWeight(isWeak: boolean, holders: number): number {
  if (holders > overFullKey) return 0;
  return holders > crowdedKey && isWeak ? 0.5 : 1;
}

/** The keys of a record: each survives another way of getting a record wrong. */
export function blockingKeys(profile: Profile): BlockingKey[] {
  return [...kindsByKey(profile)].map(([key, kind]) => ({ kind, text: key.slice(kind.length + 1) }));
}

/** The keys of a record, each as its kind and its text with a space between, with its kind once more. */
export function kindsByKey(profile: Profile): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  const add = (kind: string, ...parts: (string | undefined)[]): void => {
    let key = kind;
    let mark = ' ';
    for (const part of parts) {
      if (part === undefined || part === '') return;
      key += mark + part;
      mark = '|';
    }
    keys.set(key, kind);
  };
  const { name, birth, street } = profile;
  if (!isSomebody(profile)) return keys;
  // Who shares a town beside a name shares the postcode beside it, as a rule, and keys are the dearest rows that there are.
  const isWithoutPostcode = profile.postalCode === undefined;
  const names = [...new Set([...(name?.given ?? []), ...(name?.family ?? [])])].filter((word) => word.length > 1);
  const sounds = [...new Set(names.map(soundOf))].sort();
  for (const mail of profile.emails) {
    add('mail', mail);
    add('mailbox', mail.slice(0, mail.lastIndexOf('@')).replace(/\+.*$/, '').replace(/[._-]/g, ''));
  }
  for (const box of profile.boxNames) add('box', box);
  const family = name?.family.join('') ?? '';
  for (const given of family === '' ? [] : (name?.given ?? [])) {
    add('box', given + family);
    add('box', family + given);
    add('box', given.slice(0, 1) + family);
  }
  for (const device of profile.devices) add('device', device);
  for (const phone of profile.phones) add('phone', phone.slice(-9));
  add('nationalId', profile.nationalId);
  if (birth) add('birth', eitherWay(birth));
  for (let i = 0; i < sounds.length; i++) {
    for (let j = i + 1; j < sounds.length; j++) {
      add('names', sounds[i], sounds[j]);
      if (birth) add('namesBorn', sounds[i], sounds[j], String(birth.year % 10));
      if (isWithoutPostcode) add('namesAt', sounds[i], sounds[j], profile.locality);
    }
    if (birth) {
      add('nameMonth', sounds[i], String(birth.year), String(birth.month));
      add('nameMonthDay', sounds[i], String(birth.month), `d${birth.day}`);
      add('nameYear', sounds[i], String(birth.year));
      if (isWithoutPostcode) add('nameTown', sounds[i], profile.locality?.slice(0, 4), String(birth.year % 10));
    }
    add('namePostal', sounds[i], profile.postalCode);
    if (street) add('nameNumber', sounds[i], street.number, (street.name[0] ?? '').slice(0, 3));
  }
  if (street) {
    for (const word of street.name.slice(0, 2))
      add('street', street.number, soundOf(word), profile.locality?.slice(0, 4));
    for (const word of street.name.slice(0, 2)) add('streetPostal', street.number, soundOf(word), profile.postalCode);
  }
  return keys;
}

/** A date by which both find it that write day and month, and that write month and day. */
function eitherWay({ year, month, day }: Day): string {
  return day < month ? `${year}-${day}-${month}` : `${year}-${month}-${day}`;
}

/** A browser or a bare address says of nobody who it is, and no score could make up for that. */
function isSomebody({ name, birth, emails, phones, nationalId }: Profile): boolean {
  return name !== undefined || birth !== undefined || nationalId !== undefined || emails.length + phones.length > 0;
}

/**
 * A word as it sounds, roughly, to an ear from any of our countries: vowels dropped, kindred consonants one. Of so many words,
 * most of which are names that many bear, the sound is remembered.
 */
export const soundOf = remembered(20_000, heard);

function heard(word: string): string {
  const plain = word
    .replace(/^(ph)/, 'f')
    .replace(/ph/g, 'f')
    .replace(/sch|sh|sz|ch|cz|tsch/g, 'x')
    .replace(/[ckq]+/g, 'k')
    .replace(/[dt]+/g, 't')
    .replace(/[bp]+/g, 'p')
    .replace(/[fvw]+/g, 'f')
    .replace(/[sz]+/g, 's')
    .replace(/[mn]+/g, 'n')
    .replace(/[gj]+/g, 'g')
    .replace(/h/g, '');
  const first = plain[0] ?? '';
  const rest = plain
    .slice(1)
    .replace(/[aeiouy]/g, '')
    .replace(/(.)\1+/g, '$1');
  return (/[aeiouy]/.test(first) ? 'a' : first) + rest.slice(0, 4);
}
