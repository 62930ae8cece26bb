import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { GraphQLDateTime } from 'graphql-scalars';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Staff } from '../access/staff.entity.js';
import { Store } from '../access/store.entity.js';
import type { CandidateFound, Reason } from './recognition.rules.js';
import { RecognitionStatus, RecognitionStrength, VisitOutcome, VisitPurpose, VisitState } from './visit.words.js';

registerEnumType(VisitState, { name: 'VisitState' });
registerEnumType(VisitPurpose, { name: 'VisitPurpose' });
registerEnumType(VisitOutcome, { name: 'VisitOutcome' });

const open = `"state" IN ('EXPECTED', 'WAITING', 'SERVING', 'AWAY')`;

/** One of several people a visitor may be, as her visit keeps it. */
export interface KeptCandidate extends CandidateFound {
  readonly id: string;
  readonly maskedName: string;
}

/** Somebody's stay in a store, from her announcement or arrival to the farewell. */
@ObjectType({ description: 'A stay in a store, from announcement or arrival to farewell.' })
@Entity('visit')
@Index('visit_open', ['storeId', 'arrivedAt'], { where: open })
@Index('visit_day', ['storeId', 'day'])
export class Visit {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'store_id' })
  storeId: string;

  @Field(() => Store)
  store: Store;

  /** The visit's own record (source: the store); what happens during the visit hangs on it. */
  @Index('visit_record')
  @Column('uuid', { name: 'record_id' })
  recordId: string;

  /** The record she is recognised by, claimed or confirmed. */
  @Index('visit_recognised')
  @Column('uuid', { name: 'recognised_record_id', nullable: true })
  recognisedRecordId: string | null;

  /** The configuration she brought or asked about. */
  @Column('uuid', { name: 'configuration_id', nullable: true })
  configurationId: string | null;

  @Field(() => VisitState)
  @Column('text')
  state: VisitState;

  @Field(() => VisitPurpose, { nullable: true })
  @Column('text', { nullable: true })
  purpose: VisitPurpose | null;

  @Column('text', { name: 'recognition' })
  status: RecognitionStatus;

  @Column('text')
  strength: RecognitionStrength;

  @Column('jsonb', { name: 'matched_by', default: [] })
  matchedBy: readonly Reason[];

  /** Filled when reading; those who were not chosen leave no trace. */
  candidates: readonly KeptCandidate[];

  @Field(() => String, { nullable: true, description: 'What to call out.' })
  @Column('text', { name: 'called_name', nullable: true })
  calledName: string | null;

  @Column('text', { name: 'stated_name', nullable: true })
  statedName: string | null;

  @Field(() => Int)
  @Column('integer', { name: 'party_size', default: 1 })
  partySize: number;

  /** The local date of the store. */
  @Column('date')
  day: string;

  @Field(() => GraphQLDateTime, { nullable: true })
  @Column('timestamptz', { name: 'expected_at', nullable: true })
  expectedAt: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true })
  @Column('timestamptz', { name: 'arrived_at', nullable: true })
  arrivedAt: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true })
  @Column('timestamptz', { name: 'taken_at', nullable: true })
  takenAt: Date | null;

  @Column('timestamptz', { name: 'away_at', nullable: true })
  awayAt: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true })
  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt: Date | null;

  @Column('uuid', { name: 'associate_id', nullable: true })
  associateId: string | null;

  @Field(() => Staff, { nullable: true, description: 'Who serves; null until somebody takes the visit.' })
  associate: Staff | null;

  @Column('text', { nullable: true })
  outcome: VisitOutcome | null;

  @Column('text', { nullable: true })
  note: string | null;

  @Column('uuid', { name: 'sold_configuration_id', nullable: true })
  soldConfigurationId: string | null;

  @Column('bigint', { name: 'amount_minor', nullable: true })
  amountMinor: string | null;

  @Column('text', { name: 'amount_currency', nullable: true })
  amountCurrency: string | null;

  @Column('text', { name: 'next_step', nullable: true })
  nextStep: string | null;

  @Column('timestamptz', { name: 'next_step_at', nullable: true })
  nextStepAt: Date | null;

  @Column('text', { name: 'lost_reason', nullable: true })
  lostReason: string | null;

  /** The same pass was shown in two stores within minutes. */
  @Column('boolean', { default: false })
  alarm: boolean;

  /** Rises with every change. */
  @Column('integer', { default: 1 })
  version: number;
}
