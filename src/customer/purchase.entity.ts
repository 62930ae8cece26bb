import { Field, ID, ObjectType } from '@nestjs/graphql';
import { GraphQLDateTime } from 'graphql-scalars';
import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import { Money } from '../platform/graphql/money.type.js';
import type { OrderLine } from './order.rules.js';

/** How an order stands; a later one outweighs those before it. */
export type PurchaseState = 'COMPLETED' | 'PARTLY_REFUNDED' | 'REFUNDED' | 'CANCELLED';

/** An order, once a source and order number, whatever is said of it in whatever order. */
@Entity('purchase')
@Unique('purchase_source_id_order_number_key', ['sourceId', 'orderNumber'])
@Index('purchase_record', ['recordId', 'orderedAt'])
@ObjectType({ description: 'An order.' })
export class Purchase {
  @PrimaryColumn('uuid')
  @Field(() => ID)
  id!: string;

  @Column('uuid', { name: 'record_id' })
  recordId!: string;

  @Column('uuid', { name: 'source_id' })
  sourceId!: string;

  @Column('text', { name: 'order_number' })
  orderNumber!: string;

  @Column('timestamptz', { name: 'ordered_at' })
  @Field(() => GraphQLDateTime)
  orderedAt!: Date;

  /** What was ordered, by name; the order number where nothing is known of it. */
  @Column('text')
  @Field(() => String)
  label!: string;

  /** bigint as text. */
  @Column('bigint', { name: 'total_minor', nullable: true })
  totalMinor!: string | null;

  @Column('text', { nullable: true })
  currency!: string | null;

  @Column('text')
  @Field(() => String)
  channel!: string;

  @Column('text', { default: 'COMPLETED' })
  state!: PurchaseState;

  /** What it cost; null where the amount or its currency was not said. */
  @Field(() => Money, { nullable: true })
  get total(): Money | null {
    return this.totalMinor === null || this.currency === null
      ? null
      : { amountMinor: Number(this.totalMinor), currency: this.currency };
  }

  @Column('jsonb', { default: [] })
  lines!: OrderLine[];

  /** When the order was last described; null while only its end is known. */
  @Column('timestamptz', { name: 'said_at', nullable: true })
  saidAt!: Date | null;
}
