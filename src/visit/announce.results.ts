import { createUnionType, Field, Int, ObjectType } from '@nestjs/graphql';
import { TooManyAttempts } from '../pass/pass-refusals.js';
import { KeyReusedDifferently } from '../platform/idempotency/key-reused-differently.js';
import { Refusal } from '../platform/graphql/refusal.js';

/** The store knows that somebody is here; the same words whoever it is. */
@ObjectType({ description: 'The store knows that somebody is here; the same words whoever it is.' })
export class Announced {
  @Field(() => String, { description: 'In the reader’s language.' })
  readonly message: string;

  @Field(() => Int, { nullable: true })
  readonly expectedWaitMinutes: number | null;

  constructor(message: string, expectedWaitMinutes: number | null) {
    this.message = message;
    this.expectedWaitMinutes = expectedWaitMinutes;
  }
}

/** There is no store with this code. */
@ObjectType({ implements: () => Refusal, description: 'There is no store with this code.' })
export class StoreUnknown extends Refusal {
  override readonly code = 'STORE_UNKNOWN';
  override readonly message = 'We do not know this store. Please speak to a colleague.';
}

/** What an announcement comes to. */
export const AnnounceResult = createUnionType({
  name: 'AnnounceResult',
  types: () => [Announced, StoreUnknown, TooManyAttempts, KeyReusedDifferently] as const,
  resolveType: (value: object) => value.constructor.name,
});
