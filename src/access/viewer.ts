import { Field, ObjectType } from '@nestjs/graphql';
import { Staff } from './staff.entity.js';
import { Store } from './store.entity.js';

/** Who is asking: staff on shift, or a bare tablet. */
@ObjectType({ description: 'Who is asking: staff on shift, or a bare tablet.' })
export class Viewer {
  @Field(() => Staff, { nullable: true })
  associate!: Staff | null;

  @Field(() => Store, { nullable: true, description: 'The store of the tablet, or the only one she works in.' })
  store!: Store | null;

  @Field(() => [String])
  roles!: readonly string[];

  @Field(() => String, { description: 'Language in which sentences are written.' })
  locale!: string;
}
