import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/transactions.js';
import { Idempotency, type IdempotentRequest } from '../platform/idempotency/idempotency.js';
import { KeyReusedDifferently } from '../platform/idempotency/key-reused-differently.js';
import { Feed, type FeedNews } from './feed.js';
import { recalled, settle, type Done, type Remembered } from './settled.js';

/** What a step came to, and what the stores' tablets are to hear of it. */
export interface Outcome<Result extends object> {
  readonly outcome: Result;
  readonly news: readonly FeedNews[];
}

/**
 * What makes an input the same as before: a tablet that has lost the answer tells it again afterwards, and only then adds when it happened.
 */
export function saidFirst<Input extends { readonly occurredAt?: unknown }>(input: Input): Omit<Input, 'occurredAt'> {
  return { ...input, occurredAt: undefined };
}

/** Steps that bear a key: done once, however often they are sent, and told to the feed last. */
@Injectable()
export class Once {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly feed: Feed,
  ) {}

  /** Settles a repeated key before anything is judged, or does the work and keeps what it came to. */
  settle<Result extends object>(
    tx: Tx,
    request: IdempotentRequest,
    work: () => Promise<Outcome<Result>>,
  ): Promise<Result | Done | Remembered | KeyReusedDifferently> {
    return this.settleReading(tx, request, () => Promise.resolve(), work);
  }

  /** As `settle`; what the work needs in any case is read in one breath with the key. */
  async settleReading<Known, Result extends object>(
    tx: Tx,
    request: IdempotentRequest,
    read: () => Promise<Known>,
    work: (known: Known) => Promise<Outcome<Result>>,
  ): Promise<Result | Done | Remembered | KeyReusedDifferently> {
    const [claim, known] = await Promise.all([this.idempotency.claim(tx, request), read()]);
    if (claim.state === 'reused') return new KeyReusedDifferently();
    if (claim.state === 'replay') return recalled(claim);
    const { outcome, news } = await work(known);
    await settle(tx, this.idempotency, claim, outcome);
    await this.feed.append(tx, ...news);
    return outcome;
  }
}
