import { Field, ID, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsOptional, Length, MaxLength, ValidateNested } from 'class-validator';
import { IdentifierInput } from '../identity/identifier.input.js';
import { longestKey } from './check-in.input.js';
import { Storable } from '../platform/graphql/storable.js';

/** Who she is turns out later: by a code, an identifier, one of the candidates, or her name. */
@InputType({
  description:
    'An anonymous or disputed visit, or one with candidates, gets its person later; an unknown identifier makes a new record.',
})
export class IdentifyVisitInput {
  @Field(() => ID)
  @MaxLength(100)
  visitId!: string;

  @Field(() => String)
  @Length(1, longestKey)
  @Storable()
  idempotencyKey!: string;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @MaxLength(2000)
  @Storable()
  code?: string | null;

  @Field(() => IdentifierInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => IdentifierInput)
  identifier?: IdentifierInput | null;

  @Field(() => ID, {
    nullable: true,
    description: 'One of the candidates of this visit, or of a look-up in this store.',
  })
  @IsOptional()
  @MaxLength(300)
  candidateId?: string | null;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @MaxLength(100)
  @Storable()
  givenName?: string | null;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @MaxLength(100)
  @Storable()
  familyName?: string | null;
}
