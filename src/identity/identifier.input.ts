import { Field, InputType } from '@nestjs/graphql';
import { Length, Matches } from 'class-validator';

/** Who the sender says it is: the name of an identifier part and a value. */
@InputType({
  description:
    'Who the sender says it is. kind is the name of an identifier part: email, phone, loyalty, device, account, crm …',
})
export class IdentifierInput {
  @Field(() => String)
  @Length(1, 40)
  @Matches(/^[^\0\p{Cs}]*$/u)
  kind!: string;

  @Field(() => String)
  @Length(1, 320)
  @Matches(/^[^\0\p{Cs}]*$/u)
  value!: string;
}
