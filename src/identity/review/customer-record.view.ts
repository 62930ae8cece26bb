import { Field, ID, ObjectType } from '@nestjs/graphql';
import { GraphQLDateTime } from 'graphql-scalars';

/** One thing a record says. */
@ObjectType({ description: 'One thing a record says, masked as far as the role of the reader requires.' })
export class RecordValue {
  @Field(() => String, { description: 'givenName, birthDate, street … or an identifier part: email, phone, loyalty …' })
  readonly field!: string;

  @Field(() => String)
  readonly text!: string;

  @Field(() => Boolean)
  readonly isMasked!: boolean;
}

/** What one source says of one person. */
@ObjectType({ description: 'What one source says of one person.' })
export class CustomerRecord {
  @Field(() => ID)
  readonly id!: string;

  @Field(() => ID, { description: 'The customer it is of now.' })
  readonly customerId!: string;

  @Field(() => String, { description: 'The name of the source.' })
  readonly source!: string;

  @Field(() => String)
  readonly department!: string;

  @Field(() => GraphQLDateTime)
  readonly firstSeenAt!: Date;

  @Field(() => GraphQLDateTime)
  readonly lastSeenAt!: Date;

  @Field(() => [RecordValue])
  readonly values!: RecordValue[];
}
