import { isPlaceholder } from './placeholder.rules.js';

/** A calendar day of somebody's life. */
export interface Day {
  year: number;
  month: number;
  day: number;
}

/** Days that forms fill in when nobody knows better. */
const fillers = new Set(['1900-1-1', '1970-1-1', '1800-1-1', '1901-1-1', '2000-1-1', '9999-12-31', '1111-11-11']);

/** Countries whose numeric dates begin with the month. */
const monthFirst = new Set(['US', 'PH', 'FM', 'MH', 'PW']);

/** Reads a birth date as it is written in a country; undefined for none, a made-up one, or one that cannot be. */
export function parseBirthDate(raw: string | undefined, country: string, latestYear: number): Day | undefined {
  const text = raw?.trim() ?? '';
  const found =
    dayOf(/^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/.exec(text), 'ymd') ??
    dayOf(/^(\d{4})(\d{2})(\d{2})$/.exec(text), 'ymd') ??
    dayOf(/^(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4})$/.exec(text), monthFirst.has(country) ? 'mdy' : 'dmy');
  if (!found || found.year < 1880 || found.year > latestYear) return undefined;
  return fillers.has(`${found.year}-${found.month}-${found.day}`) ? undefined : found;
}

/** The eight digits of what was meant as a birth date, year first, and can be none: no such day, or a year to come. */
export function parseMisdate(raw: string | undefined): string | undefined {
  const digits = /^(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})$/
    .exec(raw?.trim() ?? '')
    ?.slice(1)
    .join('');
  return digits === undefined || isPlaceholder(digits) ? undefined : digits;
}

function dayOf(match: RegExpExecArray | null, order: 'ymd' | 'mdy' | 'dmy'): Day | undefined {
  if (!match) return undefined;
  const [a, b, c] = match.slice(1, 4).map(Number) as [number, number, number];
  const [year, month, day] = order === 'ymd' ? [a, b, c] : order === 'mdy' ? [c, a, b] : [c, b, a];
  if (isDay(month, day)) return { year, month, day };
  return isDay(day, month) ? { year, month: day, day: month } : undefined;
}

function isDay(month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}
