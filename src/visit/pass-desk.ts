import { Injectable } from '@nestjs/common';
import type { Actor } from '../access/actor.js';
import { Door, type ShownAt } from '../pass/door.js';
import { CodeUnknown, PassAlreadyUsed, PassExpired } from '../pass/pass-refusals.js';
import type { Known, Used } from '../pass/verdict.rules.js';
import type { Tx } from '../platform/database/transactions.js';
import type { FeedNews } from './feed.js';
import { PassAlarm } from './pass-alarm.js';

/** What was shown is taken (with or without alarm), was used by somebody who was faster, or has ended meanwhile. */
export type Taken =
  { readonly alarm: boolean } | { readonly used: Used } | { readonly refusal: PassExpired | CodeUnknown };

/** Takes passes for visits, and raises the alarm when one is shown in two stores. */
@Injectable()
export class PassDesk {
  constructor(
    private readonly door: Door,
    private readonly alarm: PassAlarm,
  ) {}

  /** Takes what was shown, if anything, for a visit that may not be written yet. */
  async take(tx: Tx, shown: Known | null, where: ShownAt): Promise<Taken> {
    if (!shown) return { alarm: false };
    const taken = await this.door.redeem(tx, shown, where);
    switch (taken.state) {
      case 'redeemed':
        return { alarm: taken.alarm };
      case 'used':
        return { used: taken };
      case 'expired':
        return { refusal: new PassExpired(taken.expiredAt) };
      case 'unknown':
        return { refusal: new CodeUnknown() };
    }
  }

  /** Marks the visits concerned, once this one is written; what other stores are to hear. */
  async warn(tx: Tx, shown: Known | null, where: ShownAt & { actor: Actor }): Promise<FeedNews[]> {
    return shown?.passId ? this.alarm.raise(tx, shown.passId, where) : [];
  }

  /** A pass that is shown again is noted; whether it may be is for the caller to say. */
  async note(tx: Tx, used: Used, where: { storeId: string; at: Date }): Promise<{ alarm: boolean }> {
    return this.door.recall(tx, used, where);
  }

  /** A pass that is spent: refused, and the store it was used in is warned. */
  async refuse(
    tx: Tx,
    used: Used,
    where: { storeId: string; actor: Actor; alarm: boolean },
  ): Promise<{ outcome: PassAlreadyUsed; news: readonly FeedNews[] }> {
    const news = where.alarm ? await this.alarm.raise(tx, used.passId, where) : [];
    return { outcome: new PassAlreadyUsed(used.usedAt), news };
  }
}
