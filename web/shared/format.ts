import { typedNumber, writtenNumber } from './number.rules.js';
import { language } from './words.js';

interface Amount {
  amountMinor: number;
  currency: string;
}

/** The reader's language in the region her browser names, so that numbers look at home. */
function locale(): string {
  return navigator.languages.find((tag) => tag.startsWith(language())) ?? language();
}

/** Making a formatter takes a hundred times as long as using it, and a visitor's screen uses fifty. */
function once<Options extends object, Formatter>(make: (locale: string, options: Options) => Formatter) {
  const made = new Map<string, Formatter>();
  return (options: Options): Formatter => {
    const key = locale() + JSON.stringify(options);
    const known = made.get(key) ?? make(locale(), options);
    made.set(key, known);
    return known;
  };
}
const numbers = once((where, how: Intl.NumberFormatOptions) => new Intl.NumberFormat(where, how));
const times = once((where, how: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(where, how));
const spans = once((where, how: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(where, how));

/** How many digits the minor unit takes: 2 for the euro, 0 for the yen. */
function minorDigits(currency: string): number {
  return numbers({ style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** ISO 4217 of a sum that nobody has ever said. */
const NO_CURRENCY = 'XXX';

/** A sum as it is written here; round sums lose their empty cents. Of one that nobody has said nothing is written. */
export function money({ amountMinor, currency }: Amount, sign: 'auto' | 'always' = 'auto'): string {
  if (currency === NO_CURRENCY) return '';
  const value = amountMinor / 10 ** minorDigits(currency);
  const options: Intl.NumberFormatOptions = { style: 'currency', currency, signDisplay: sign };
  if (Number.isInteger(value)) options.maximumFractionDigits = 0;
  return numbers(options).format(value);
}

/** The time of day in the store. */
export function clock(at: string | number, timeZone?: string): string {
  return times({ hour: '2-digit', minute: '2-digit', timeZone }).format(new Date(at));
}

/** A day, as short as it stays clear. */
export function day(at: string | number, timeZone?: string): string {
  const moment = new Date(at);
  const thisYear = moment.getFullYear() === new Date().getFullYear();
  return times({
    day: 'numeric',
    month: 'short',
    ...(thisYear ? {} : { year: 'numeric' as const }),
    timeZone,
  }).format(moment);
}

/** How long ago, or how far ahead, in words. */
export function ago(at: string | number, now: number): string {
  const seconds = (new Date(at).getTime() - now) / 1000;
  const words = spans({ numeric: 'auto' });
  const size = Math.abs(seconds);
  if (size < 90) return words.format(Math.round(seconds / 60), 'minute');
  if (size < 3600) return words.format(Math.round(seconds / 60), 'minute');
  if (size < 86_400) return words.format(Math.round(seconds / 3600), 'hour');
  if (size < 86_400 * 45) return words.format(Math.round(seconds / 86_400), 'day');
  return words.format(Math.round(seconds / 86_400 / 30), 'month');
}

/** Several things in a row: "this, that and the other". */
export function listed(things: readonly string[]): string {
  return new Intl.ListFormat(language(), { type: 'conjunction' }).format(things);
}

/** A sum without its currency, as the reader would type it. */
export function amountToType({ amountMinor, currency }: Amount): string {
  const digits = minorDigits(currency);
  return writtenNumber(amountMinor / 10 ** digits, digits, locale());
}

/** A sum typed by hand, in minor units; null when it is none. */
export function typedAmount(text: string, currency: string): number | null {
  const value = typedNumber(text, locale());
  return value === null ? null : Math.round(value * 10 ** minorDigits(currency));
}
