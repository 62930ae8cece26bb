import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { GraphQLDateTime } from 'graphql-scalars';
import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import { Money } from '../platform/graphql/money.type.js';
import { ConfigurationChange, ConfigurationOption } from './configuration-option.view.js';

/** PostgreSQL's bigint as a number: amounts stay far below 2⁵³. */
const bigint = { to: (value: number) => value, from: (value: string) => Number(value) };

/** What somebody put together on the site or in the store, as it is now. */
@ObjectType({ description: 'What somebody put together on the site or in the store, as it is now.' })
@Entity('configuration')
@Unique('configuration_source_id_session_id_key', ['sourceId', 'sessionId'])
@Unique('configuration_code_key', ['code'])
@Index('configuration_record', ['recordId', 'lastEditedAt'])
export class Configuration {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'record_id' })
  recordId: string;

  @Column('uuid', { name: 'source_id' })
  sourceId: string;

  @Column('text', { name: 'session_id' })
  sessionId: string;

  @Field(() => String, {
    description: 'Short, typed by hand at the desk. Opens the configuration, proves nothing about the person.',
  })
  @Column('text')
  code: string;

  @Field(() => String)
  @Column('text')
  model: string;

  @Field(() => String, { nullable: true })
  @Column('text', { name: 'model_label', nullable: true })
  modelLabel: string | null;

  @Field(() => [ConfigurationOption])
  @Column('jsonb', { default: [] })
  options: ConfigurationOption[];

  @Field(() => [ConfigurationOption], { description: 'Chosen and taken back, the latest last.' })
  @Column('jsonb', { default: [] })
  abandoned: ConfigurationOption[];

  @Column('bigint', { name: 'total_minor', transformer: bigint })
  totalMinor: number;

  @Column('text')
  currency: string;

  @Field(() => String, { nullable: true })
  @Column('text', { name: 'image_url', nullable: true })
  imageUrl: string | null;

  @Field(() => String, { nullable: true })
  @Column('text', { nullable: true })
  url: string | null;

  @Field(() => Int, { description: 'Number of the latest saved state; 0 while nothing was saved.' })
  @Column('integer')
  revision: number;

  @Column('boolean', { default: false })
  saved: boolean;

  @Field(() => GraphQLDateTime)
  @Column('timestamptz', { name: 'started_at' })
  startedAt: Date;

  @Field(() => GraphQLDateTime)
  @Column('timestamptz', { name: 'last_edited_at' })
  lastEditedAt: Date;

  /** The latest visit during which it was changed in a store. */
  @Column('uuid', { name: 'visit_id', nullable: true })
  visitId: string | null;

  @Field(() => ConfigurationChange, {
    nullable: true,
    description:
      'Against what was seen at the end of her last visit on an earlier day; null if there was none or the reader is the customer.',
  })
  changeSinceLastVisit?: ConfigurationChange | null;

  @Field(() => Money, { description: 'Currency XXX where no price was ever said.' })
  get total(): Money {
    return { amountMinor: this.totalMinor, currency: this.currency };
  }
}
