import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { RecognitionStatus, RecognitionStrength } from './visit.words.js';

registerEnumType(RecognitionStatus, { name: 'RecognitionStatus' });
registerEnumType(RecognitionStrength, { name: 'RecognitionStrength' });

/** Why the visitor is taken to be this customer, in words a salesperson can read. */
@ObjectType({ description: 'Why the visitor is taken to be this customer, in words a salesperson can read.' })
export class MatchReason {
  @Field(() => String, { description: 'What was shown or said: pass, link, loyalty, email, name …' })
  identifier!: string;

  @Field(() => RecognitionStrength)
  strength!: RecognitionStrength;

  @Field(() => String)
  explanation!: string;
}

/** May be this customer; masked until confirmed. */
@ObjectType({ description: 'May be this customer; masked until confirmed. The id is valid for this visit only.' })
export class Candidate {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  maskedName!: string;

  @Field(() => String)
  explanation!: string;
}

/** How sure it is who she is, why, and who else it may be. */
@ObjectType({ description: 'How sure it is who the visitor is, why, and who else it may be.' })
export class Recognition {
  @Field(() => RecognitionStatus)
  status!: RecognitionStatus;

  @Field(() => RecognitionStrength)
  strength!: RecognitionStrength;

  @Field(() => [MatchReason])
  matchedBy!: MatchReason[];

  @Field(() => [Candidate])
  candidates!: Candidate[];
}
