import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { Transform } from 'class-transformer';
import { IsInt, Length, Max, Min } from 'class-validator';
import { GraphQLCurrency, GraphQLSafeInt } from 'graphql-scalars';

/** An amount in minor units of its currency. */
@ObjectType({ description: 'An amount in minor units (cents) of an ISO 4217 currency.' })
export class Money {
  @Field(() => GraphQLSafeInt)
  amountMinor!: number;

  @Field(() => GraphQLCurrency)
  currency!: string;
}

/** An amount as a caller says it. */
@InputType({ description: 'An amount in minor units (cents) of an ISO 4217 currency.' })
export class MoneyInput {
  @Field(() => GraphQLSafeInt)
  @IsInt()
  @Min(-1_000_000_000_000)
  @Max(1_000_000_000_000)
  amountMinor!: number;

  @Field(() => GraphQLCurrency)
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toUpperCase() : value))
  @Length(3, 3)
  currency!: string;
}
