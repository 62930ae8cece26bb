import { language } from './words.js';

interface Amount {
  amountMinor: number;
  currency: string;
}

/** The reader's language in the region her browser names, so that numbers look at home. */
function locale(): string {
  return navigator.languages.find((tag) => tag.startsWith(language())) ?? language();
}

/** How many minor units make one: 100 for the euro, 1 for the yen. */
export function minorUnits(currency: string): number {
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  return 10 ** digits;
}

/** A sum as it is written here; round sums lose their empty cents. */
export function money({ amountMinor, currency }: Amount, sign: 'auto' | 'always' = 'auto'): string {
  const value = amountMinor / minorUnits(currency);
  const options: Intl.NumberFormatOptions = { style: 'currency', currency, signDisplay: sign };
  if (Number.isInteger(value)) options.maximumFractionDigits = 0;
  return new Intl.NumberFormat(locale(), options).format(value);
}

/** The time of day in the store. */
export function clock(at: string | number, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit', timeZone }).format(new Date(at));
}

/** A day, as short as it stays clear. */
export function day(at: string | number, timeZone?: string): string {
  const moment = new Date(at);
  const thisYear = moment.getFullYear() === new Date().getFullYear();
  return new Intl.DateTimeFormat(locale(), {
    day: 'numeric',
    month: 'short',
    ...(thisYear ? {} : { year: 'numeric' as const }),
    timeZone,
  }).format(moment);
}

/** How long ago, or how far ahead, in words. */
export function ago(at: string | number, now: number): string {
  const seconds = (new Date(at).getTime() - now) / 1000;
  const words = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' });
  const size = Math.abs(seconds);
  if (size < 90) return words.format(Math.round(seconds / 60), 'minute');
  if (size < 3600) return words.format(Math.round(seconds / 60), 'minute');
  if (size < 86_400) return words.format(Math.round(seconds / 3600), 'hour');
  if (size < 86_400 * 45) return words.format(Math.round(seconds / 86_400), 'day');
  return words.format(Math.round(seconds / 86_400 / 30), 'month');
}

/** A number typed by hand, with the reader's decimal mark; null when it is none. */
export function typedNumber(text: string): number | null {
  const mark = new Intl.NumberFormat(locale()).formatToParts(1.5).find((part) => part.type === 'decimal')?.value ?? '.';
  const plain = [...text]
    .filter((sign) => /[\d-]/.test(sign) || sign === mark)
    .join('')
    .replace(mark, '.');
  const value = Number(plain);
  return plain === '' || Number.isNaN(value) ? null : value;
}
