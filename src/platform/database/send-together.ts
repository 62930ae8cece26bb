import type { Writable } from 'node:stream';
import type { PoolClient } from 'pg';

/**
 * Holds back what is written to a connection until the end of this turn, so that all statements of the turn leave in one packet.
 * Writing is the dearest part of a short statement on our side, and every packet wakes the process of PostgreSQL.
 */
export function sendTogether(client: PoolClient): void {
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection;
  stream.cork();
  process.nextTick(() => stream.uncork());
}
