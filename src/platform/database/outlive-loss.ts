import type { ClientBase } from 'pg';

/**
 * Lets a process outlive a connection that breaks while somebody has it: whoever waits for an answer on it is told by that answer,
 * and without a listener Node would end the process. A pool listens to its idle connections only; let it call this when one connects.
 */
export function outliveLoss(client: ClientBase): void {
  client.on('error', () => undefined);
}
