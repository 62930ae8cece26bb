import { now } from '../shared/time.js';

/** What the server takes for proof until it ends. */
export interface Token {
  token: string;
  expiresAt: string;
}

/** Milliseconds before its end from which on a token is not used any more. */
const BEFORE_END = 30_000;

/** Whether a token is good for another request. */
export function isAlive(token: Token): boolean {
  return Date.parse(token.expiresAt) > now() + BEFORE_END;
}
