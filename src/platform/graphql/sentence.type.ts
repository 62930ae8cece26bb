import { Field, ID, ObjectType } from '@nestjs/graphql';

/** A sentence that explains itself. */
@ObjectType({ description: 'A sentence that explains itself. because: why it is said, in words.' })
export class Sentence {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  text!: string;

  @Field(() => [String])
  because!: string[];
}
