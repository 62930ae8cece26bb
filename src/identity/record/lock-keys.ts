import { createHash } from 'node:crypto';
import type { Tx } from '../../platform/database/transactions.js';

/** Everybody shares it, but for those who need the whole room. */
const room = 0x666f79657201;

/** PostgreSQL keeps locks in shared memory; whoever needs more than this at once takes the whole room instead. */
const mostKeys = 600;

/**
 * Waits its turn for every one of these names until the transaction ends, so that two transactions that could see
 * each other's records never decide at once. Sorted, so that nobody waits in a circle.
 */
export async function lockKeys(tx: Tx, names: Iterable<string>): Promise<void> {
  const keys = [...new Set([...names].map(lockNumber))].sort((a, b) => (a < b ? -1 : 1));
  if (keys.length === 0) return;
  if (keys.length > mostKeys) return lockRoom(tx);
  await tx.prepared(
    'identity-lock-keys',
    `WITH shared AS MATERIALIZED (SELECT pg_advisory_xact_lock_shared(${room}))
     SELECT pg_advisory_xact_lock(key) FROM shared, unnest($1::bigint[]) AS key`,
    [keys.map(String)],
  );
}

/** Waits until nobody else decides anything, for what concerns many records at once. */
export async function lockRoom(tx: Tx): Promise<void> {
  await tx.prepared('identity-lock-room', `SELECT pg_advisory_xact_lock(${room})`);
}

/** 64 bits of a name, as PostgreSQL's signed bigint. */
function lockNumber(name: string): bigint {
  return createHash('sha1').update(name).digest().readBigInt64BE(0);
}
