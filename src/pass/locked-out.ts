import { GraphQLError } from 'graphql';
import { sayReason } from '../shared/catalogue/say.js';
import { unsaid } from '../shared/catalogue/sentences.js';
import type { TooManyAttempts } from './pass-refusals.js';

/** Too many attempts, said by a query, which has no union to answer with: an error that says how long to wait. */
export class LockedOut extends GraphQLError {
  readonly reason;

  constructor({ code, retryAfterSeconds }: TooManyAttempts) {
    const reason = unsaid('refusal.TOO_MANY_ATTEMPTS', { retryAfterSeconds });
    super(sayReason('en', reason), { extensions: { code, retryAfterSeconds } });
    this.reason = reason;
  }
}
