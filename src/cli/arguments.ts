import { InvalidArgumentError, Option } from 'commander';
import { whyNotClosing } from '../access/enrolment/closing-time.rules.js';
import { canonicalOrigin } from '../access/origin.rules.js';
import { isRole, roles, type Role } from '../access/role.js';
import { after, days, hours, minutes } from '../shared/clock.js';

/** Reads what was typed; what cannot be read is explained in one line and ends with exit code 2. */
type Reader<T> = (text: string) => T;

const wrong = (message: string): never => {
  throw new InvalidArgumentError(message);
};

/** A short name: lower-case letters, digits and dashes. */
export const code: Reader<string> = (text) =>
  /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(text)
    ? text
    : wrong('Use lower-case letters, digits and dashes, as in "berlin-mitte".');

/** A name that people read. */
export const label: Reader<string> = (text) => {
  const trimmed = text.trim();
  return trimmed.length > 0 && trimmed.length <= 200 ? trimmed : wrong('Give a name of 1 to 200 characters.');
};

/** An IANA time zone. */
export const timeZone: Reader<string> = (text) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    return wrong('Name an IANA time zone, as in Europe/Berlin.');
  }
};

/** An ISO 4217 currency. */
export const currency: Reader<string> = (text) =>
  Intl.supportedValuesOf('currency').includes(text.toUpperCase())
    ? text.toUpperCase()
    : wrong('Give an ISO 4217 code, as in EUR.');

const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** An ISO 3166 alpha-2 country. */
export const country: Reader<string> = (text) => {
  const upper = text.toUpperCase();
  return /^[A-Z]{2}$/.test(upper) && upper !== 'ZZ' && regions.of(upper) !== undefined
    ? upper
    : wrong('Give an ISO 3166 code of two letters, as in DE.');
};

/** A language by its primary subtag. */
export const language: Reader<string> = (text) =>
  /^[a-z]{2,3}$/.test(text) ? text : wrong('Give a language code of two or three letters, as in de.');

/** When a store closes, as a local time of day. */
export const closingTime: Reader<string> = (text) => {
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(text)) return wrong('Give a time of day, as in 20:00.');
  const unfit = whyNotClosing(text);
  return unfit === undefined ? text : wrong(unfit);
};

/** Minutes within which visitors are greeted; `none` makes no promise. */
export const promise: Reader<number | null> = (text) => {
  if (text === 'none') return null;
  return /^\d{1,3}$/.test(text) && Number(text) > 0
    ? Number(text)
    : wrong('Give whole minutes from 1 to 999, or none.');
};

/** A whole number from 1 on. */
export const wholeNumber: Reader<number> = (text) =>
  /^[1-9]\d{0,8}$/.test(text) ? Number(text) : wrong('Give a whole number from 1 on.');

/** The id of something in a list. */
export const id: Reader<string> = (text) =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? text.toLowerCase() : wrong('Take an id from the list.');

/** How many lines a list has at most. */
export const atMost = (usual: number): Option =>
  new Option('--limit <count>', 'how many at most').argParser(wholeNumber).default(usual);

/** A role of staff. */
export const role: Reader<Role> = (text) => {
  const upper = text.toUpperCase().replaceAll('-', '_');
  return isRole(upper) ? upper : wrong(`Choose one of ${roles.join(', ')}.`);
};

/** Collects what is given several times. */
export function several<T>(read: Reader<T>): (text: string, before?: readonly T[]) => T[] {
  return (text, before = []) => [...before, read(text)];
}

/** A web origin for a browser key's list. */
export const origin: Reader<string> = (text) =>
  canonicalOrigin(text) ?? wrong('Give an origin, as in https://shop.example or https://*.shop.example.');

/** How long something works: `12h`, `30d`, `8w`, `1y`; counted from a moment by `until`. */
export const lifetime: Reader<number> = (text) => {
  const [, count, unit] = /^(\d{1,4})(m|h|d|w|y)$/.exec(text) ?? [];
  if (count === undefined || Number(count) === 0) return wrong('Give a time span, as in 12h, 30d, 8w or 1y.');
  const n = Number(count);
  return { m: minutes(n), h: hours(n), d: days(n), w: days(7 * n), y: days(365 * n) }[
    unit as 'm' | 'h' | 'd' | 'w' | 'y'
  ];
};

/** The moment a lifetime ends. */
export const until = (now: Date, span: number): Date => after(now, span);

/** The option every command has. */
export const asJson = (): Option => new Option('--json', 'print one line of JSON instead of text');
