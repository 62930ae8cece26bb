import { Field, InputType, Int } from '@nestjs/graphql';
import { IsInt, IsOptional, Length, Max, MaxLength, Min } from 'class-validator';
import { longestKey } from './check-in.input.js';
import { Storable } from '../platform/graphql/storable.js';

/** Somebody says on her own phone that she is here. */
@InputType({
  description: 'At the door, on the customer’s own phone. The answer never says whether a number exists.',
})
export class AnnounceInput {
  @Field(() => String)
  @Length(1, 80)
  @Storable()
  storeCode!: string;

  @Field(() => String)
  @Length(1, longestKey)
  @Storable()
  idempotencyKey!: string;

  @Field(() => String, { nullable: true, description: 'A configuration’s code, a link or a loyalty number.' })
  @IsOptional()
  @MaxLength(300)
  @Storable()
  code?: string | null;

  @Field(() => String, { nullable: true, description: 'What we may call out.' })
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
}
