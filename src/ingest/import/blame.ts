import { isUnavailable } from '../../platform/database/unavailable.js';
import { ImportFault } from './import-fault.js';
import type { ReadRow } from './row-message.rules.js';

const lockedOut = /^(40|55P03)/;

/** Whether a failure is no row's fault: the file's, an outage, or a transaction that lost against others. */
export function isNoRowsFault(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return error instanceof ImportFault || isUnavailable(error) || (typeof code === 'string' && lockedOut.test(code));
}

/** A row that cannot be understood, and why. */
export function unresolvable(row: ReadRow, error: unknown): ReadRow {
  const detail = `Line ${row.line}: it cannot be understood: ${error instanceof Error ? error.message : String(error)}`;
  return { line: row.line, bad: { reason: 'unresolvable', detail, text: JSON.stringify(row.message ?? {}) } };
}
