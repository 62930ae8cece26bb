import { Field, ID, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsDate, IsEnum, IsOptional, Length, MaxLength, ValidateNested } from 'class-validator';
import { GraphQLDateTime } from 'graphql-scalars';
import { MoneyInput } from '../platform/graphql/money.type.js';
import { longestKey } from './check-in.input.js';
import { VisitOutcome } from './visit.words.js';
import { Storable } from '../platform/graphql/storable.js';

/** The farewell: what came of the visit and what is to follow. */
@InputType({ description: 'The farewell: what came of the visit, and what is to follow.' })
export class EndVisitInput {
  @Field(() => ID)
  @MaxLength(100)
  visitId!: string;

  @Field(() => String)
  @Length(1, longestKey)
  @Storable()
  idempotencyKey!: string;

  @Field(() => VisitOutcome)
  @IsEnum(VisitOutcome)
  outcome!: VisitOutcome;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @MaxLength(4000)
  @Storable()
  note?: string | null;

  @Field(() => ID, { nullable: true, description: 'The configuration that was sold or quoted.' })
  @IsOptional()
  @MaxLength(100)
  configurationId?: string | null;

  @Field(() => MoneyInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => MoneyInput)
  amount?: MoneyInput | null;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @MaxLength(1000)
  @Storable()
  nextStep?: string | null;

  @Field(() => GraphQLDateTime, { nullable: true })
  @IsOptional()
  @IsDate()
  nextStepAt?: Date | null;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @MaxLength(1000)
  @Storable()
  lostReason?: string | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "The tablet's clock, when it was offline, at most 72 hours ago.",
  })
  @IsOptional()
  @IsDate()
  occurredAt?: Date | null;
}
