import { isUnavailable } from '../platform/database/unavailable.js';

// SQLSTATE: no such database, no such user, wrong password.
const wrongAddress = new Set<unknown>(['3D000', '28000', '28P01']);

/** What went wrong, in one line that says what to do next. */
export function complaint(error: unknown): string {
  if (isUnavailable(error)) {
    return `The database cannot be reached (${reason(error)}): start it, or correct DATABASE_URL.`;
  }
  if (wrongAddress.has((error as { code?: unknown }).code)) {
    return `PostgreSQL turns us away (${reason(error)}): correct DATABASE_URL.`;
  }
  return oneLine(error instanceof Error ? error.message || error.name : String(error));
}

function reason(error: unknown): string {
  const first = error instanceof AggregateError ? (error.errors as unknown[])[0] : error;
  return oneLine(first instanceof Error ? first.message : String(first));
}

function oneLine(text: string): string {
  return text.trim().replaceAll(/\s*\n\s*/g, ' ');
}
