import { Field, ID, ObjectType } from '@nestjs/graphql';
import { GraphQLDateTime } from 'graphql-scalars';
import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

/** Something somebody has: bought here and marked as lasting, or registered by a department. */
@Entity('owned_product')
@Unique('owned_product_source_id_reference_key', ['sourceId', 'reference'])
@Index('owned_product_record', ['recordId'])
@ObjectType({ description: 'Something the customer drives or owns.' })
export class OwnedProduct {
  @PrimaryColumn('uuid')
  @Field(() => ID)
  id!: string;

  @Column('uuid', { name: 'record_id' })
  recordId!: string;

  @Column('uuid', { name: 'source_id' })
  sourceId!: string;

  /** What the source calls it: a chassis number, a serial number, an order line. */
  @Column('text')
  reference!: string;

  @Column('text')
  @Field(() => String)
  label!: string;

  @Column('timestamptz', { nullable: true })
  @Field(() => GraphQLDateTime, { nullable: true })
  since!: Date | null;

  /** When she parted with it. */
  @Column('timestamptz', { nullable: true })
  until!: Date | null;

  @Column('text', { nullable: true })
  @Field(() => String, { nullable: true })
  detail!: string | null;

  /** When it was last spoken of. */
  @Column('timestamptz', { name: 'said_at' })
  saidAt!: Date;
}
