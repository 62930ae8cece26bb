import { isIPv6 } from 'node:net';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../access/actor.js';
import { after, minutes } from '../shared/clock.js';
import { TooManyAttempts } from './pass-refusals.js';
import type { Reads } from './short-codes.js';

/** Misses that are forgiven within one window. */
export const mostMisses = 10;
const windowLength = minutes(1);

/**
 * Who is counted when a code or a stated identifier is unknown: the tablet, the store, and the network address it came from. Somebody at home or on
 * the store's own network counts by the address alone, and apart from tablets, so that nobody who guesses there locks them out.
 */
export function guessersOf(actor: Pick<Actor, 'kind' | 'tabletId' | 'address'>, storeId?: string): string[] {
  const isPublic = actor.kind === 'PUBLIC';
  const names = [
    actor.tabletId && `tablet:${actor.tabletId}`,
    storeId && !isPublic && `store:${storeId}`,
    actor.address && `${isPublic ? 'public' : 'address'}:${network(actor.address)}`,
  ];
  return names.filter((name) => typeof name === 'string' && name !== '').sort() as string[];
}

/** An IPv6 customer holds a whole /64, so that is what is counted. */
function network(address: string): string {
  if (!isIPv6(address) || address.includes('.')) return address;
  const [head = '', tail] = address.split('::');
  const left = head.split(':').filter(Boolean);
  const right = (tail ?? '').split(':').filter(Boolean);
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  return [...left, ...Array<string>(zeros).fill('0'), ...right].slice(0, 4).join(':');
}

/** Codes and identifiers can be tried only so often: ten misses a minute for each guesser, then none is judged until the minute is over. */
@Injectable()
export class Attempts {
  /** The refusal for a guesser who has missed too often; a good code is refused too, or guessing would go on. */
  async refusal(db: Reads, guessers: readonly string[], now: Date): Promise<TooManyAttempts | undefined> {
    const [row] = await db.prepared<{ window_start: Date }>(
      'attempts-refusal',
      `SELECT window_start FROM attempt WHERE subject = ANY($1::text[]) AND misses >= $2 AND window_start > $3
       ORDER BY window_start DESC LIMIT 1`,
      [guessers, mostMisses, after(now, -windowLength)],
    );
    return row && tooMany(row.window_start, now);
  }

  /**
   * Counts an unknown code, or so many unknown identifiers, against every guesser. Commit it: the caller answers a refusal, it does not throw.
   * Guesses that ran side by side each count; those beyond the limit read that they were too many.
   */
  async miss(db: Reads, guessers: readonly string[], now: Date, count = 1): Promise<TooManyAttempts | undefined> {
    const rows = await db.prepared<{ window_start: Date; misses: number }>(
      'attempts-miss',
      `INSERT INTO attempt AS a (subject, window_start, misses)
       SELECT subject, $2, $4 FROM unnest($1::text[]) AS u (subject) ORDER BY subject
       ON CONFLICT (subject) DO UPDATE SET
         window_start = CASE WHEN a.window_start > $3 THEN a.window_start ELSE excluded.window_start END,
         misses = CASE WHEN a.window_start > $3 THEN a.misses + excluded.misses ELSE excluded.misses END
       RETURNING window_start, misses`,
      [guessers, now, after(now, -windowLength), count],
    );
    const over = rows.filter((row) => row.misses > mostMisses);
    const [latest] = over.sort((a, b) => b.window_start.getTime() - a.window_start.getTime());
    return latest && tooMany(latest.window_start, now);
  }

  /** Forgets windows that are over. */
  async tidy(db: Reads, now: Date): Promise<void> {
    await db.query('DELETE FROM attempt WHERE window_start <= $1', [after(now, -windowLength)]);
  }
}

function tooMany(windowStart: Date, now: Date): TooManyAttempts {
  const left = windowStart.getTime() + windowLength - now.getTime();
  return new TooManyAttempts(Math.max(1, Math.ceil(left / 1000)));
}
