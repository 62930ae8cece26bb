/** The local date of an instant in a time zone, `YYYY-MM-DD`. */
export function dayIn(timeZone: string, instant: Date): string {
  return wallClock(timeZone, instant).slice(0, 10);
}

/**
 * The instant at which a store closes on a local date.
 * @param closesAt local time of day, `HH:MM`; a time that a clock change skips counts as the hour after it.
 */
export function closingOf(day: string, closesAt: string, timeZone: string): Date {
  const wall = Date.parse(`${day}T${closesAt}:00Z`);
  const guess = wall - offsetAt(timeZone, wall);
  return new Date(wall - offsetAt(timeZone, guess));
}

/** Milliseconds by which a zone's wall clock is ahead of UTC at an instant. */
function offsetAt(timeZone: string, instant: number): number {
  const wall = Date.parse(`${wallClock(timeZone, new Date(instant)).replace(' ', 'T')}Z`);
  return wall - Math.floor(instant / 1000) * 1000;
}

/** Formatters are dear to make and a retailer has few time zones. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/** `YYYY-MM-DD HH:MM:SS`, which is how Swedish writes it. */
function wallClock(timeZone: string, instant: Date): string {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
    formatters.set(timeZone, formatter);
  }
  return formatter.format(instant);
}
