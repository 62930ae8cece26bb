/** Countries whose numeric dates begin with the month. */
const monthFirst = new Set(['US', 'PH', 'FM', 'MH', 'PW']);

const yearFirst = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ](.+))?$/;
const compact = /^(\d{4})(\d{2})(\d{2})$/;
const yearLast = /^(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4})(?:[T ,]+(.+))?$/;
const timeOfDay = /^(\d{1,2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?\s*(z|utc|[+-]\d{2}:?\d{2})?$/i;

/**
 * The instant that a cell names, as written in a country; a time without a zone is taken as UTC. Undefined when it
 * cannot be read.
 */
export function readInstant(text: string, country: string): Date | undefined {
  const iso = yearFirst.exec(text) ?? compact.exec(text);
  if (iso) return instant([iso[1], iso[2], iso[3]], iso[4]);
  const local = yearLast.exec(text);
  if (local) {
    const [, one, two, year, time] = local;
    const [day, month] = monthFirst.has(country) ? [two, one] : [one, two];
    return instant([year, month, day], time) ?? instant([year, day, month], time);
  }
  if (!/^\d{10}(\d{3})?$/.test(text)) return undefined;
  return new Date(text.length === 10 ? Number(text) * 1000 : Number(text));
}

/** Whether a birth date lies after a moment however it is read; what cannot be read at all does not. */
export function isBornAfter(text: string, country: string, now: Date): boolean {
  const born = readInstant(text, country);
  return born !== undefined && born.getTime() > now.getTime();
}

function instant(day: readonly (string | undefined)[], time: string | undefined): Date | undefined {
  const [year, month, date] = day.map(Number) as [number, number, number];
  const midnight = new Date(Date.UTC(year, month - 1, date));
  if (midnight.getUTCMonth() !== month - 1 || midnight.getUTCDate() !== date) return undefined;
  if (time === undefined) return midnight;
  const [, hours = '', minutes = '', seconds = '00', fraction = '', zone = 'Z'] = timeOfDay.exec(time.trim()) ?? [];
  if (hours === '') return undefined;
  const offset = /^(z|utc)$/i.test(zone) ? 'Z' : zone.replace(/^([+-]\d{2}):?(\d{2})$/, '$1:$2');
  const stamp = `${midnight.toISOString().slice(0, 10)}T${hours.padStart(2, '0')}:${minutes}:${seconds}${fraction.slice(0, 4)}${offset}`;
  const read = new Date(stamp);
  return Number.isNaN(read.getTime()) ? undefined : read;
}
