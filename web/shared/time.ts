let offset = 0;
let changed: (offset: number) => void = () => undefined;
/** Milliseconds of difference that are the network's, not a clock's. */
const NOISE = 3_000;

/** Milliseconds since 1970 by the server's clock, as far as this device has heard of it. */
export function now(): number {
  return Date.now() + offset;
}

/** How far this device's clock is from the server's, in milliseconds; positive when it is behind. */
export function clockError(): number {
  return offset;
}

/** Learns the server's time from the Date header of an answer; small differences are the network's. */
export function learnTime(header: string | null): void {
  const told = header ? Date.parse(header) : Number.NaN;
  if (Number.isNaN(told)) return;
  const difference = told + 500 - Date.now();
  const before = offset;
  offset = Math.abs(difference) > NOISE ? difference : 0;
  if (Math.abs(offset - before) > NOISE) changed(offset);
}

/** Goes by what was known of this device's clock before the page was loaded, and calls back when something else is learned. */
export function goByClockError(known: number | undefined, whenChanged: (offset: number) => void): void {
  if (offset === 0) offset = known ?? 0;
  changed = whenChanged;
}

/** The moment at which the clocks of a place show this ("2026-03-10T14:30"). */
export function momentIn(timeZone: string, shown: string): Date {
  const asUtc = Date.parse(`${shown}Z`);
  const near = asUtc - ahead(timeZone, asUtc);
  // The clocks may have been changed between the two.
  return new Date(asUtc - ahead(timeZone, near));
}

/** Milliseconds by which the clocks of a place are ahead of UTC at a full second. */
function ahead(timeZone: string, moment: number): number {
  const shown = new Date(moment).toLocaleString('sv', { timeZone });
  return Date.parse(`${shown.replace(' ', 'T')}Z`) - moment;
}
