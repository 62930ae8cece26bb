import { Field, InputType } from '@nestjs/graphql';
import { Length } from 'class-validator';
import { Storable } from '../platform/graphql/storable.js';

/** Who the sender says it is: the name of an identifier part and a value. */
@InputType({
  description:
    'Who the sender says it is. kind is the name of an identifier part: email, phone, loyalty, device, account, crm …',
})
export class IdentifierInput {
  @Field(() => String)
  @Length(1, 40)
  @Storable()
  kind!: string;

  @Field(() => String)
  @Length(1, 320)
  @Storable()
  value!: string;
}
