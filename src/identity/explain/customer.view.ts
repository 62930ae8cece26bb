import { createUnionType, Field, Float, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { GraphQLDateTime } from 'graphql-scalars';
import { Refusal } from '../../platform/graphql/refusal.js';
import { EvidenceLine } from '../review/evidence-line.view.js';

/** What a person may say of two records. */
export enum Verdict {
  SAME = 'SAME',
  DIFFERENT = 'DIFFERENT',
  UNSURE = 'UNSURE',
}

registerEnumType(Verdict, {
  name: 'Verdict',
  description: 'What a person says of two records. UNSURE only takes the pair off the queue.',
});

/** What holds two records together. */
export enum TieKind {
  JUDGED = 'JUDGED',
  PROOF = 'PROOF',
  EVIDENCE = 'EVIDENCE',
  DEVICE = 'DEVICE',
}

registerEnumType(TieKind, {
  name: 'TieKind',
  description: 'A human word, a value both are known by, what was compared, or a device.',
});

/** Two records of one customer and what holds them together. */
@ObjectType({ description: 'Two records of one customer and what holds them together.' })
export class Tie {
  @Field(() => ID)
  readonly recordA!: string;

  @Field(() => ID)
  readonly recordB!: string;

  @Field(() => TieKind)
  readonly kind!: TieKind;

  @Field(() => Float, { nullable: true, description: 'In bits. Null for a human word, which outweighs everything.' })
  readonly weight!: number | null;

  @Field(() => [EvidenceLine])
  readonly evidence!: EvidenceLine[];

  @Field(() => ID, { nullable: true, description: 'The human word, to take it back.' })
  readonly judgementId!: string | null;
}

/** A person's word on two records that is in force. */
@ObjectType({ description: 'A person’s word on two records that is in force.' })
export class Judgement {
  @Field(() => ID)
  readonly id!: string;

  @Field(() => ID)
  readonly recordA!: string;

  @Field(() => ID)
  readonly recordB!: string;

  @Field(() => Verdict)
  readonly verdict!: Verdict;

  @Field(() => String)
  readonly why!: string;

  @Field(() => GraphQLDateTime)
  readonly at!: Date;

  @Field(() => ID, { nullable: true, description: 'The member of staff who said it.' })
  readonly by!: string | null;
}

/** Somebody of whom sources have told: the records that were found to be hers. */
@ObjectType({ description: 'Somebody of whom sources have told: the records that were found to be hers.' })
export class Customer {
  @Field(() => ID, { description: 'The present id; ids she had before lead here.' })
  readonly id!: string;

  @Field(() => [ID], { description: 'Ids that lead here.' })
  readonly formerIds!: string[];
}

/** Another customer of the same household. */
@ObjectType({ description: 'Another customer of the same household; related customers are never joined.' })
export class RelatedCustomer {
  @Field(() => Customer)
  readonly customer!: Customer;

  @Field(() => ID, { description: 'Her record.' })
  readonly recordA!: string;

  @Field(() => ID, { description: 'The other’s record.' })
  readonly recordB!: string;

  @Field(() => [EvidenceLine], { description: 'What they share, from the stored edge.' })
  readonly evidence!: EvidenceLine[];
}

/** The judgement holds, and whose records are whose now. */
@ObjectType({ description: 'The judgement holds; history, visits and facts have followed.' })
export class Judged {
  constructor(customers: Customer[], judgementId: string | null) {
    this.customers = customers;
    this.judgementId = judgementId;
  }

  @Field(() => [Customer], { description: 'The customers of the records concerned, as they are now.' })
  readonly customers: Customer[];

  @Field(() => ID, { nullable: true, description: 'To take it back. Null after a revocation.' })
  readonly judgementId: string | null;
}

/** No such record. */
@ObjectType({ implements: () => Refusal, description: 'There is no such record.' })
export class RecordUnknown extends Refusal {
  override readonly code = 'RECORD_UNKNOWN';
  override readonly message = 'There is no such record any more. Please reload the list.';
}

/** No such customer. */
@ObjectType({ implements: () => Refusal, description: 'There is no such customer.' })
export class CustomerUnknown extends Refusal {
  override readonly code = 'CUSTOMER_UNKNOWN';
  override readonly message = 'There is no such customer any more. Please reload the list.';
}

/** No such judgement in force. */
@ObjectType({ implements: () => Refusal, description: 'There is no such judgement in force.' })
export class JudgementUnknown extends Refusal {
  override readonly code = 'JUDGEMENT_UNKNOWN';
  override readonly message = 'There is no such judgement, or it was taken back already.';
}

/** The record has no fellows. */
@ObjectType({ implements: () => Refusal, description: 'The record is a customer by itself.' })
export class NothingToSeparate extends Refusal {
  override readonly code = 'NOTHING_TO_SEPARATE';
  override readonly message = 'This record is a customer by itself already.';
}

/** Both ids lead to one customer. */
@ObjectType({ implements: () => Refusal, description: 'Both ids lead to one customer.' })
export class AlreadyOne extends Refusal {
  override readonly code = 'ALREADY_ONE';
  override readonly message = 'These are one customer already.';
}

/** A human word stands against it. */
@ObjectType({
  implements: () => Refusal,
  description: 'A human word stands against it; it has to be taken back first.',
})
export class JudgedApart extends Refusal {
  override readonly code = 'JUDGED_APART';
  override readonly message =
    'Somebody has judged these to be different people. Please take that judgement back first.';

  @Field(() => [ID], { description: 'The judgements that stand against it.' })
  readonly judgementIds: string[];

  constructor(judgementIds: string[]) {
    super();
    this.judgementIds = judgementIds;
  }
}

/** What judging about identity comes to. */
export const JudgeResult = createUnionType({
  name: 'JudgeResult',
  types: () =>
    [Judged, RecordUnknown, CustomerUnknown, JudgementUnknown, NothingToSeparate, AlreadyOne, JudgedApart] as const,
  resolveType: (value: object) => value.constructor.name,
});
