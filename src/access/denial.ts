import { GraphQLError } from 'graphql';

/** Why a caller is turned away before the work begins; not a refusal of the shop floor, so it is thrown. */
export abstract class Denial extends GraphQLError {
  /** The HTTP status that says the same. */
  abstract readonly statusCode: number;
}

/** Nobody knows this token, or it has ended: sign in again. */
export class Unauthenticated extends Denial {
  override readonly name = 'Unauthenticated';
  readonly statusCode = 401;

  constructor(message = 'This needs a valid token: send it as "Authorization: Bearer …".') {
    super(message, { extensions: { code: 'UNAUTHENTICATED' } });
  }
}

/** The token is valid, but not for this. */
export class Forbidden extends Denial {
  override readonly name = 'Forbidden';
  readonly statusCode = 403;

  constructor(message = 'This token may not do that.') {
    super(message, { extensions: { code: 'FORBIDDEN' } });
  }
}
