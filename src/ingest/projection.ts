import type { Tx } from '../platform/database/transactions.js';
import type { ReceivedMessage } from './tracking-event.js';

/** The rooms that make rows of their own from messages, in the order in which they do it. */
export const projectingRooms = ['identity', 'customer', 'configurator'] as const;
/** A room that makes rows from messages. */
export type ProjectingRoom = (typeof projectingRooms)[number];

/**
 * How a room makes its rows from what was said. Everything it does is idempotent and independent of the order of arrival:
 * the same messages may come again, alone or together with others, and older ones after newer ones.
 */
export abstract class Projection {
  abstract readonly room: ProjectingRoom;

  /** Does ahead what needs no database, for many messages that are going to be projected; may do nothing. */
  prepare(_messages: readonly ReceivedMessage[]): void {}

  /** Makes the rows of these messages in the transaction that all rooms share; identity sets `recordId`. */
  abstract project(tx: Tx, messages: ReceivedMessage[]): Promise<void>;
}
