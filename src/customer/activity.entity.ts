import { Field, ID, ObjectType } from '@nestjs/graphql';
import { GraphQLDateTime } from 'graphql-scalars';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One thing that happened to or was done by somebody, in any channel. What it is called is decided on reading. */
@Entity('activity')
@ObjectType({ description: 'Something that happened, in any channel and department; one line a session.' })
export class Activity {
  @PrimaryColumn('uuid', { name: 'record_id' })
  recordId!: string;

  @PrimaryColumn('timestamptz', { name: 'occurred_at' })
  @Field(() => GraphQLDateTime)
  occurredAt!: Date;

  /** The message's id where a message tells of it, so that telling it twice is one activity. */
  @PrimaryColumn('uuid')
  @Field(() => ID)
  id!: string;

  /** As in `ingest/kinds.ts`, and `visit.…` from the stores. */
  @Column('text')
  @Field(() => String)
  kind!: string;

  @Column('text')
  @Field(() => String)
  channel!: string;

  @Column('text')
  @Field(() => String)
  department!: string;

  @Column('uuid', { name: 'source_id' })
  sourceId!: string;

  /** What belongs together in its source: a visit to the web site, a stay in the store. */
  @Column('text', { nullable: true })
  session!: string | null;

  /** What a sentence about it needs to know. */
  @Column('jsonb', { default: {} })
  params!: Record<string, unknown>;

  /** In a sentence; written on reading. */
  @Field(() => String)
  summary!: string;
}
