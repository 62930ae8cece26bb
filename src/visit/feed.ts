import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/transactions.js';
import { LiveFanout } from '../platform/live/live-fanout.js';
import { Clock } from '../shared/clock.js';
import type { ArrivalKind } from './visit.words.js';

/** The channel on which a store's id is told after its feed has grown. */
export const feedChannel = 'feed';

/** Something a store's tablets are to hear of. */
export interface FeedNews {
  readonly storeId: string;
  readonly kind: ArrivalKind;
  readonly visitId: string;
}

/** The feeds of the stores: numbers without gaps, in the order of commits. */
@Injectable()
export class Feed {
  constructor(
    private readonly live: LiveFanout,
    private readonly clock: Clock,
  ) {}

  /**
   * Appends news as the last statements of a transaction, stores in the order of their ids: the lock on a store's
   * row is held until the commit, so it must come last and in one order for everybody.
   */
  async append(tx: Tx, ...news: FeedNews[]): Promise<void> {
    for (const one of [...news].sort((a, b) => (a.storeId < b.storeId ? -1 : 1))) {
      tx.send(
        'feed-append',
        `WITH next AS (
           INSERT INTO store_feed (store_id, seq) VALUES ($1, 1)
           ON CONFLICT (store_id) DO UPDATE SET seq = store_feed.seq + 1 RETURNING seq
         )
         INSERT INTO feed_entry (store_id, seq, kind, visit_id, at) SELECT $1, seq, $2, $3, $4 FROM next`,
        [one.storeId, one.kind, one.visitId, this.clock.now()],
      );
      tx.afterCommit(() => this.live.publish(feedChannel, one.storeId));
    }
  }
}
