import type { PoolClient } from 'pg';
import { socketOf } from './socket-of.js';

/**
 * Holds back what is written to a connection until the end of this turn, so that all statements of the turn leave in one packet.
 * Writing is the dearest part of a short statement on our side, and every packet wakes the process of PostgreSQL.
 */
export function sendTogether(client: PoolClient): void {
  const socket = socketOf(client);
  socket.cork();
  process.nextTick(() => socket.uncork());
}
