import { Field, ObjectType } from '@nestjs/graphql';
import { Visit } from './visit.entity.js';

/** One snapshot of a store. */
@ObjectType({
  description: 'One snapshot: what is here, what is expected, and the cursor from which arrivals goes on.',
})
export class Board {
  @Field(() => String)
  cursor!: string;

  @Field(() => [Visit], { description: 'Who is here, the longest wait first.' })
  present!: Visit[];

  @Field(() => [Visit], { description: 'Who is expected, the next one first.' })
  expected!: Visit[];
}
