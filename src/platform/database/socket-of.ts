import type { Socket } from 'node:net';
import type { ClientBase } from 'pg';

/** The socket of a connection, which node-postgres keeps to itself. */
export function socketOf(client: ClientBase): Socket {
  return (client as ClientBase & { readonly connection: { readonly stream: Socket } }).connection.stream;
}
