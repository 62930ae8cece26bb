import { goByClockError, now } from '../shared/time.js';
import { device, forgetOtherDays } from './vault.js';

const ZONE = 'time-zone';
const CLOCK = 'clock-error';
const MINUTE = 60_000;

/** The day it is in a time zone, as `2026-07-01`; without one, in the zone of this device. */
export function dayIn(timeZone: string | undefined, at = now()): string {
  return new Date(at).toLocaleDateString('sv', { timeZone });
}

/** Goes by how wrong the server last found this device's clock, so that without a network, too, it is today and now. */
export async function recallClock(): Promise<void> {
  const known = await device.read<number>(CLOCK).catch(() => undefined);
  goByClockError(known, (offset) => void device.write(CLOCK, offset).catch(() => undefined));
}

/** Keeps the store's time zone, so that its day ends by its own clock even while nobody has a shift here. */
export async function learnTimeZone(timeZone: string): Promise<void> {
  await device.write(ZONE, timeZone);
}

/** Forgets what was sealed on days of the store that are over. */
export async function forgetDaysThatEnded(): Promise<void> {
  await forgetOtherDays(dayIn(await device.read<string>(ZONE)));
}

/** From now on each day is forgotten within a minute of its end, with a shift or without. */
export function forgetEachDay(): void {
  const forget = () => void forgetDaysThatEnded().catch(() => undefined);
  forget();
  setInterval(forget, MINUTE);
}
