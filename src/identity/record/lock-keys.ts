import { createHash } from 'node:crypto';
import type { Tx } from '../../platform/database/transactions.js';

/**
 * Waits its turn for every one of these names until the transaction ends, so that two transactions that could see
 * each other's records never decide at once. Sorted, so that nobody waits in a circle.
 */
export async function lockKeys(tx: Tx, names: Iterable<string>): Promise<void> {
  const keys = [...new Set([...names].map(lockNumber))].sort((a, b) => (a < b ? -1 : 1));
  if (keys.length === 0) return;
  await tx.prepared('identity-lock-keys', 'SELECT pg_advisory_xact_lock(key) FROM unnest($1::bigint[]) AS key', [
    keys.map(String),
  ]);
}

/** 64 bits of a name, as PostgreSQL's signed bigint. */
function lockNumber(name: string): bigint {
  return createHash('sha1').update(name).digest().readBigInt64BE(0);
}
