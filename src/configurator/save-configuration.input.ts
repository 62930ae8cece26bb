import { Field, ID, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsDate, IsOptional, IsUUID, Length, MaxLength, ValidateNested } from 'class-validator';
import { GraphQLDateTime } from 'graphql-scalars';
import { IdentifierInput } from '../identity/identifier.input.js';
import { MoneyInput } from '../platform/graphql/money.type.js';
import { Storable, Words } from '../platform/graphql/storable.js';

/** An option as the site names it. */
@InputType({ description: 'An option as the site names it.' })
export class OptionInput {
  @Field(() => String)
  @MaxLength(100)
  @Storable()
  group!: string;

  @Field(() => String)
  @Length(1, 100)
  @Words()
  code!: string;

  @Field(() => String)
  @Length(1, 200)
  @Storable()
  label!: string;

  @Field(() => MoneyInput, { nullable: true, description: 'Absent where it is in the price of the whole.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => MoneyInput)
  price?: MoneyInput | null;
}

/** A configuration as a whole, as it is now. */
@InputType({ description: 'A configuration as a whole, as it is now.' })
export class SaveConfigurationInput {
  @Field(() => String, {
    description: 'Chosen by the caller; repeated when an answer was lost. At most 200 characters.',
  })
  @Length(1, 200)
  @Words()
  idempotencyKey!: string;

  @Field(() => String, {
    description:
      "The site's own id of the configurator session, unguessable. The same id again adds a revision. " +
      'In a store, the id or code of a configuration on the screen goes on with that one.',
  })
  @Length(1, 200)
  @Words()
  sessionId!: string;

  @Field(() => [IdentifierInput], { description: 'May be empty: an anonymous session.' })
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => IdentifierInput)
  identifiers!: IdentifierInput[];

  @Field(() => String)
  @Length(1, 100)
  @Words()
  model!: string;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @MaxLength(200)
  @Storable()
  modelLabel?: string | null;

  @Field(() => [OptionInput])
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => OptionInput)
  options!: OptionInput[];

  @Field(() => [OptionInput], { nullable: true, description: 'Options the visitor chose and took back.' })
  @IsOptional()
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => OptionInput)
  abandoned?: OptionInput[] | null;

  @Field(() => MoneyInput)
  @ValidateNested()
  @Type(() => MoneyInput)
  total!: MoneyInput;

  @Field(() => String, { nullable: true, description: 'http or https.' })
  @IsOptional()
  @MaxLength(2000)
  @Storable()
  imageUrl?: string | null;

  @Field(() => String, { nullable: true, description: 'http or https.' })
  @IsOptional()
  @MaxLength(2000)
  @Storable()
  url?: string | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was saved, if not now; never later than now.' })
  @IsOptional()
  @IsDate()
  occurredAt?: Date | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Changed in the store, during this visit (tablet or staff token).',
  })
  @IsOptional()
  @IsUUID()
  visitId?: string | null;
}
