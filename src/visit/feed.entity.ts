import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ArrivalKind } from './visit.words.js';

/** How far a store's feed has come; its row lock makes commit order the order of numbers. */
@Entity('store_feed')
export class StoreFeed {
  @PrimaryColumn('uuid', { name: 'store_id' })
  storeId: string;

  @Column('bigint', { default: 0 })
  seq: string;
}

/** One thing a store's tablets are told: ids only, because every reader sees it under her own rights. */
@Entity('feed_entry')
export class FeedEntry {
  @PrimaryColumn('uuid', { name: 'store_id' })
  storeId: string;

  @PrimaryColumn('bigint')
  seq: string;

  @Column('text')
  kind: ArrivalKind;

  @Column('uuid', { name: 'visit_id' })
  visitId: string;

  @Index('feed_entry_at')
  @Column('timestamptz')
  at: Date;
}
