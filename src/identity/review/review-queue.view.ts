import { Field, Float, ID, ObjectType } from '@nestjs/graphql';
import { CustomerRecord } from './customer-record.view.js';
import { EvidenceLine } from './evidence-line.view.js';

/** Two records that may be one person's. */
@ObjectType({ description: 'Two records that may be one person’s, and why.' })
export class ReviewPair {
  @Field(() => ID)
  readonly id!: string;

  @Field(() => CustomerRecord)
  readonly a!: CustomerRecord;

  @Field(() => CustomerRecord)
  readonly b!: CustomerRecord;

  @Field(() => Float, { description: 'In bits.' })
  readonly weight!: number;

  @Field(() => [EvidenceLine], { description: 'What weighs most stands first.' })
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
