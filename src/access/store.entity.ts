import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { GraphQLCurrency } from 'graphql-scalars';
import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** A shop with its own clock, currency and tablets. */
@ObjectType({ description: 'A shop with its own clock, currency and tablets.' })
@Entity('store')
@Unique('store_code_key', ['code'])
export class Store {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id!: string;

  @Field(() => String, { description: 'Short name for links and the command line.' })
  @Column('text')
  code!: string;

  @Field(() => String)
  @Column('text')
  name!: string;

  @Field(() => String, { description: 'IANA time zone; it decides what day it is in the store.' })
  @Column('text', { name: 'time_zone' })
  timeZone!: string;

  @Field(() => GraphQLCurrency)
  @Column('text')
  currency!: string;

  /** ISO 3166 alpha-2. */
  @Column('text')
  country!: string;

  @Column('text', { default: 'en' })
  language!: string;

  @Field(() => Int, { nullable: true, description: 'Minutes within which a visitor is greeted.' })
  @Column('integer', { name: 'promise_minutes', nullable: true, default: 5 })
  promiseMinutes!: number | null;

  /** Local time of day, `HH:MM`. */
  @Column('text', { name: 'closes_at', default: '20:00' })
  closesAt!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
