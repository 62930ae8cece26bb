import { createHash } from 'node:crypto';

/** Offers on one visit; more would be a queue, and that is the desk's. */
export const mostOffered = 3;

/** The id of an offer: it means something on this visit only, and nothing can be read from it. */
export function offerId(visitId: string, { lo, hi }: { lo: string; hi: string }): string {
  return createHash('sha256').update(`${visitId} ${lo} ${hi}`).digest('base64url').slice(0, 22);
}
