import { Field, Float, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { CustomerRecord } from './customer-record.view.js';
import { EvidenceLine } from './evidence-line.view.js';
import type { Standing } from './standing.rules.js';

const standingNames = { SAME: 'SAME', DIFFERENT: 'DIFFERENT', ONE_SIDED: 'ONE_SIDED' } as const;
registerEnumType(standingNames, {
  name: 'Standing',
  description: 'Whether two records say the same, by what is meant and not by how it is written.',
});

/** How two records stand in one thing they say. */
@ObjectType({ description: 'How two records stand in one field, whatever of it the reader may see.' })
export class FieldStanding {
  @Field(() => String, { description: 'As in RecordValue.' })
  readonly field!: string;

  @Field(() => standingNames)
  readonly standing!: Standing;
}

/** Two records that may be one person's. */
@ObjectType({ description: 'Two records that may be one person’s, and why.' })
export class ReviewPair {
  @Field(() => ID)
  readonly id!: string;

  @Field(() => CustomerRecord)
  readonly a!: CustomerRecord;

  @Field(() => CustomerRecord)
  readonly b!: CustomerRecord;

  @Field(() => [FieldStanding], {
    description: 'Every field that one of them has, in the order in which records are told.',
  })
  readonly fields!: FieldStanding[];

  @Field(() => Float, { description: 'In bits.' })
  readonly weight!: number;

  @Field(() => String, {
    nullable: true,
    description: 'Alike enough to be joined: what holds them apart, in words. Null while it is only likely.',
  })
  readonly heldApart!: string | null;

  @Field(() => [EvidenceLine], { description: 'What weighs most stands first; the lines add up to the weight.' })
  readonly evidence!: EvidenceLine[];
}

/** A page of pairs that wait for a judgement. */
@ObjectType({ description: 'Pairs that wait for a judgement, the likeliest first; one for any two customers.' })
export class ReviewPage {
  @Field(() => [ReviewPair])
  readonly pairs!: ReviewPair[];

  @Field(() => String, { nullable: true, description: 'For the next page; null on the last.' })
  readonly nextCursor!: string | null;

  @Field(() => Float, { description: 'In bits: from here on the machine joins by itself.' })
  readonly certainFrom!: number;
}
