import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Visit } from '../visit/visit.entity.js';
import { ArrivalKind } from '../visit/visit.words.js';

registerEnumType(ArrivalKind, { name: 'ArrivalKind', description: 'What happened to a visit.' });

/** News of one visit, at its place in the store's feed. */
@ObjectType({
  description:
    'cursor: opaque, per store, in commit order; give the last one back as after and nothing is missed or doubled.',
})
export class Arrival {
  @Field(() => String)
  readonly cursor!: string;

  @Field(() => ArrivalKind)
  readonly kind!: ArrivalKind;

  @Field(() => Visit)
  readonly visit!: Visit;
}
