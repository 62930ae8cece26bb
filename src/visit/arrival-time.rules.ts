import { hours } from '../shared/clock.js';

/** How long a tablet may have been without a connection. */
export const offlineFor = hours(72);

/** When something happened, and whether the tablet that tells of it had no connection then. */
export interface ToldTime {
  readonly at: Date;
  readonly offline: boolean;
}

/**
 * When it happened, by the server's clock: a tablet's time counts for the past, as far as it may have been without a
 * connection; undefined when that is too long ago.
 */
export function toldTime(occurredAt: Date | null | undefined, now: Date): ToldTime | undefined {
  if (!occurredAt) return { at: now, offline: false };
  if (now.getTime() - occurredAt.getTime() > offlineFor) return undefined;
  return { at: occurredAt > now ? now : occurredAt, offline: true };
}
