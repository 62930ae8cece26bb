import { whyClosed } from '../platform/database/why-closed.js';
import { oneLine } from '../shared/one-line.js';

/** What went wrong, in one line that says what to do next. */
export function complaint(error: unknown): string {
  return whyClosed(error) ?? oneLine(error instanceof Error ? error.message || error.name : String(error));
}
