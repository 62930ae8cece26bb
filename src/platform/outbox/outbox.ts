import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import type { Tx } from '../database/transactions.js';
import { LiveFanout } from '../live/live-fanout.js';
import type { Events, Topic } from './events.js';

/** The channel that wakes the relay. */
export const outboxChannel = 'outbox';

/** Who is served first: people in a store, then everybody, then what can wait. Lower is sooner. */
export const priorities = { inStore: 1, normal: 10, bulk: 20 } as const;

/** Adds events of one topic: ids, time, topic, priority, payloads. */
export const addToOutbox = `INSERT INTO outbox (id, created_at, topic, payload, priority)
       SELECT id, $2, $3, payload, $4 FROM unnest($1::uuid[], $5::jsonb[]) AS event (id, payload)`;

/** Events leave with the transaction that caused them, or not at all. */
@Injectable()
export class Outbox {
  constructor(
    private readonly clock: Clock,
    private readonly live: LiveFanout,
  ) {}

  /** Adds one event to this transaction. */
  async add<T extends Topic>(tx: Tx, topic: T, payload: Events[T], options: { priority?: number } = {}): Promise<void> {
    await this.addAll(tx, topic, [payload], options);
  }

  /** Adds many events of one topic in one statement. */
  async addAll<T extends Topic>(
    tx: Tx,
    topic: T,
    payloads: readonly Events[T][],
    options: { priority?: number } = {},
  ): Promise<void> {
    if (payloads.length === 0) return;
    tx.send('outbox-add', addToOutbox, [
      payloads.map(() => newId()),
      this.clock.now(),
      topic,
      options.priority ?? tx.priority ?? priorities.normal,
      payloads.map((payload) => JSON.stringify(payload)),
    ]);
    tx.afterCommit(() => this.live.publish(outboxChannel, ''));
  }
}
