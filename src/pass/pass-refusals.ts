import { Field, Int, ObjectType } from '@nestjs/graphql';
import { GraphQLDateTime } from 'graphql-scalars';
import { Refusal } from '../platform/graphql/refusal.js';

/** The code is nobody's. */
@ObjectType({ implements: () => Refusal, description: 'The code is nobody’s.' })
export class CodeUnknown extends Refusal {
  override readonly code = 'CODE_UNKNOWN';
  override readonly message = 'This code is not known. Please check it, or give a name or a loyalty number.';
}

/** The pass was good, but not any more. */
@ObjectType({ implements: () => Refusal, description: 'The pass was good, but not any more.' })
export class PassExpired extends Refusal {
  override readonly code = 'PASS_EXPIRED';
  override readonly message = 'This pass is no longer valid. Please show a fresh one.';

  @Field(() => GraphQLDateTime)
  readonly expiredAt: Date;

  constructor(expiredAt: Date) {
    super();
    this.expiredAt = expiredAt;
  }
}

/** The pass was shown before; each opens one visit. */
@ObjectType({ implements: () => Refusal, description: 'The pass was shown before; each opens one visit.' })
export class PassAlreadyUsed extends Refusal {
  override readonly code = 'PASS_ALREADY_USED';
  override readonly message = 'This pass has already been used. Please show a fresh one.';

  @Field(() => GraphQLDateTime)
  readonly usedAt: Date;

  constructor(usedAt: Date) {
    super();
    this.usedAt = usedAt;
  }
}

/** Somebody is guessing codes, or a scanner is broken: nothing is judged for a while. */
@ObjectType({
  implements: () => Refusal,
  description: 'Too many unknown codes within a minute: for a while no code is judged, not even a good one.',
})
export class TooManyAttempts extends Refusal {
  override readonly code = 'TOO_MANY_ATTEMPTS';
  override readonly message: string;

  @Field(() => Int)
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super();
    this.retryAfterSeconds = retryAfterSeconds;
    this.message = `Too many wrong codes or numbers. Please try again in ${retryAfterSeconds} seconds.`;
  }
}

/** The link is nobody's, has ended, or was revoked. */
@ObjectType({ implements: () => Refusal, description: 'The link is nobody’s, has ended, or was revoked.' })
export class LinkUnknown extends Refusal {
  override readonly code = 'LINK_UNKNOWN';
  override readonly message = 'This link no longer works. Please use the one from our latest message.';
}
