import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsDate,
  IsEnum,
  IsInt,
  IsOptional,
  IsUUID,
  Length,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { GraphQLDateTime } from 'graphql-scalars';
import { IdentifierInput } from '../identity/identifier.input.js';
import { VisitPurpose } from './visit.words.js';
import { Storable } from '../platform/graphql/storable.js';

/** Longest key a client may choose. */
export const longestKey = 200;

/** Somebody arrives: what was scanned, typed or said. */
@InputType({ description: 'Somebody arrives: with a code, a name, a number, or nothing.' })
export class CheckInInput {
  @Field(() => ID)
  @IsUUID()
  storeId!: string;

  @Field(() => String)
  @Length(1, longestKey)
  @Storable()
  idempotencyKey!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Whatever was scanned or typed: pass URL, link, configuration code, loyalty number. Nothing: an anonymous visitor.',
  })
  @IsOptional()
  @MaxLength(2000)
  @Storable()
  code?: string | null;

  @Field(() => String, { nullable: true, description: 'Stated by the visitor.' })
  @IsOptional()
  @MaxLength(200)
  @Storable()
  statedName?: string | null;

  @Field(() => [IdentifierInput], { nullable: true })
  @IsOptional()
  @ArrayMaxSize(10)
  @ValidateNested({ each: true })
  @Type(() => IdentifierInput)
  identifiers?: IdentifierInput[] | null;

  @Field(() => String, {
    nullable: true,
    description: "What to call out: a first name of her choice, or 'grey coat'.",
  })
  @IsOptional()
  @MaxLength(80)
  @Storable()
  calledName?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many came together, 1 to 50.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(50)
  partySize?: number | null;

  @Field(() => VisitPurpose, { nullable: true })
  @IsOptional()
  @IsEnum(VisitPurpose)
  purpose?: VisitPurpose | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "The tablet's clock, when it was offline, at most 72 hours ago. The server's clock decides.",
  })
  @IsOptional()
  @IsDate()
  occurredAt?: Date | null;
}
