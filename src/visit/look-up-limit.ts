import { Injectable } from '@nestjs/common';
import { GraphQLError } from 'graphql';
import type { Actor } from '../access/actor.js';
import { Attempts, guessersOf } from '../pass/attempts.js';
import { Database } from '../platform/database/database.js';
import { sayReason } from '../shared/catalogue/say.js';
import { unsaid } from '../shared/catalogue/sentences.js';
import { Clock, minutes } from '../shared/clock.js';

/** Look-ups of one caller within a minute; nobody greets more people than that. */
const most = 30;
const windowLength = minutes(1);

/** Too many people were looked up at once. */
export class TooManyLookUps extends GraphQLError {
  readonly reason;

  constructor(retryAfterSeconds: number) {
    const reason = unsaid('access.too-many-look-ups', { retryAfterSeconds });
    super(sayReason('en', reason), { extensions: { code: 'TOO_MANY_ATTEMPTS', retryAfterSeconds } });
    this.reason = reason;
  }
}

/**
 * Counts look-ups by caller, in this process: a store's list of customers is not to be read out name by name. Unknown numbers and addresses
 * are misses like those at the door, and count with them.
 */
@Injectable()
export class LookUpLimit {
  private counts = new Map<string, number>();
  private since = 0;

  constructor(
    private readonly attempts: Attempts,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Counts one look-up. @throws TooManyLookUps beyond the limit, until the minute is over. */
  count(callerId: string): void {
    const now = this.clock.now().getTime();
    if (now - this.since >= windowLength) {
      this.counts = new Map();
      this.since = now;
    }
    const count = (this.counts.get(callerId) ?? 0) + 1;
    this.counts.set(callerId, count);
    if (count > most) throw new TooManyLookUps(Math.max(1, Math.ceil((this.since + windowLength - now) / 1000)));
  }

  /** @throws TooManyLookUps while this guesser has missed too often, here or at the door. */
  async refuseGuesser(actor: Actor, storeId: string): Promise<void> {
    const barred = await this.attempts.refusal(this.database, guessersOf(actor, storeId), this.clock.now());
    if (barred) throw new TooManyLookUps(barred.retryAfterSeconds);
  }

  /** Counts identifiers that nobody bears. @throws TooManyLookUps when they were too many. */
  async miss(actor: Actor, storeId: string, count: number): Promise<void> {
    const excess = await this.attempts.miss(this.database, guessersOf(actor, storeId), this.clock.now(), count);
    if (excess) throw new TooManyLookUps(excess.retryAfterSeconds);
  }
}
