import type { TrackingEvent } from './tracking-event.js';

/** Nothing that a tracking SDK can tell of happened before. */
const earliest = Date.UTC(1970, 0, 2);

/** When the sender says that it happened and that it was sent; undefined where it says nothing. */
export interface StatedTimes {
  readonly happened: number | undefined;
  readonly sent: number | undefined;
}

/** The years that RFC 3339 can write, 1 to 9999. */
const firstYear = -62_135_596_800_000;
const lastYear = 253_402_300_799_999;

/** Milliseconds since the epoch; undefined when nothing is stated, NaN when it cannot be read. */
export function instantOf(value: unknown): number | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const instant = read(value);
  return instant >= firstYear && instant <= lastYear ? instant : Number.NaN;
}

function read(value: unknown): number {
  if (typeof value === 'number') return epoch(value);
  if (typeof value !== 'string') return Number.NaN;
  return /^\d{9,17}(\.\d+)?$/.test(value) ? epoch(Number(value)) : Date.parse(value);
}

/** Seconds, milliseconds or microseconds since the epoch, told apart by their size. */
function epoch(value: number): number {
  if (value > 1e14) return value / 1000;
  return value > 1e11 ? value : value * 1000;
}

/** The times a message states. The time of sending stands in the message or in its batch. */
export function statedTimes(body: TrackingEvent, batchSentAt: unknown): StatedTimes {
  return {
    happened: instantOf(body.timestamp) ?? instantOf(body.originalTimestamp),
    sent: instantOf(body.sentAt) ?? instantOf(batchSentAt),
  };
}

/**
 * When it happened by our clock: received − (sent − happened), which cancels a sender's wrong clock.
 * Never later than received; a time that makes no sense is taken as the time of receipt.
 */
export function correctedTime({ happened, sent }: StatedTimes, receivedAt: Date): Date {
  const received = receivedAt.getTime();
  if (happened === undefined || Number.isNaN(happened)) return receivedAt;
  const corrected = sent === undefined || Number.isNaN(sent) ? happened : received - (sent - happened);
  const plausible = corrected >= earliest ? corrected : happened;
  return plausible >= earliest ? new Date(Math.min(Math.floor(plausible), received)) : receivedAt;
}
