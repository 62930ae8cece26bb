import { GraphQLError } from 'graphql';
import { sayReason, type Reason } from '../shared/catalogue/say.js';
import { unsaid } from '../shared/catalogue/sentences.js';

/** Why a caller is turned away before the work begins; not a refusal of the shop floor, so it is thrown. */
export abstract class Denial extends GraphQLError {
  /** The HTTP status that says the same. */
  abstract readonly statusCode: number;

  constructor(
    readonly reason: Reason,
    code: string,
  ) {
    super(sayReason('en', reason), { extensions: { code } });
  }
}

/** Nobody knows this token, or it has ended: sign in again. */
export class Unauthenticated extends Denial {
  override readonly name = 'Unauthenticated';
  readonly statusCode = 401;

  constructor(reason: Reason = unsaid('access.token-needed', {})) {
    super(reason, 'UNAUTHENTICATED');
  }
}

/** The token is valid, but not for this. */
export class Forbidden extends Denial {
  override readonly name = 'Forbidden';
  readonly statusCode = 403;

  constructor(reason: Reason = unsaid('access.not-allowed', {})) {
    super(reason, 'FORBIDDEN');
  }
}
