import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { GraphQLDateTime } from 'graphql-scalars';
import type { Warmth as AnyWarmth } from '../enrichment/steps/configuration-interest.step.js';
import { Money } from '../platform/graphql/money.type.js';

/** How near she is to a decision. */
export const Warmth = { HOT: 'HOT', WARM: 'WARM', COOL: 'COOL' } as const satisfies { [W in AnyWarmth]: W };

registerEnumType(Warmth, {
  name: 'Warmth',
  description: 'How near she is to a decision, by what she built, saved, shared and asked for, and how long ago.',
});

/** One model she configures. */
@ObjectType({ description: 'One model she configures: how warm, in what price range, when last touched.' })
export class Interest {
  @Field(() => String)
  model!: string;

  @Field(() => String, { description: 'What the model is called.' })
  label!: string;

  @Field(() => Warmth)
  warmth!: AnyWarmth;

  @Field(() => Int, { description: 'How many configurations of it she has.' })
  configurations!: number;

  @Field(() => Money, { description: 'The cheapest she has built of it.' })
  low!: Pick<Money, 'amountMinor' | 'currency'>;

  @Field(() => Money, { description: 'The dearest she has built of it.' })
  high!: Pick<Money, 'amountMinor' | 'currency'>;

  @Field(() => GraphQLDateTime)
  lastTouchedAt!: Date;
}
