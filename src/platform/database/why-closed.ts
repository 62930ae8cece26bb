import { oneLine } from '../../shared/one-line.js';
import { isUnavailable } from './unavailable.js';

// SQLSTATE: no such database, no such user, wrong password.
const wrongAddress = new Set<unknown>(['3D000', '28000', '28P01']);

/** Why the database could not be opened, in one line that says what to do next; undefined where something else went wrong. */
export function whyClosed(error: unknown): string | undefined {
  if (isUnavailable(error)) {
    return `The database cannot be reached (${reason(error)}): start it, or correct DATABASE_URL.`;
  }
  if (wrongAddress.has((error as { code?: unknown }).code)) {
    return `PostgreSQL turns us away (${reason(error)}): correct DATABASE_URL.`;
  }
  return undefined;
}

function reason(error: unknown): string {
  const first = error instanceof AggregateError ? (error.errors as unknown[])[0] : error;
  return oneLine(first instanceof Error ? first.message : String(first));
}
