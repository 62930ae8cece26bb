import type { Transactions, Tx } from '../platform/database/transactions.js';
import type { ReceivedMessage } from './tracking-event.js';

/** The rooms that make rows of their own from messages, in the order in which they do it. */
export const projectingRooms = ['identity', 'customer', 'configurator'] as const;
/** A room that makes rows from messages. */
export type ProjectingRoom = (typeof projectingRooms)[number];

/** What rooms found out of messages, by room; it can be sent from one thread to another. */
export type Findings = readonly (readonly [room: string, found: readonly unknown[]])[];

/** Finds out of messages what a room needs no database for, in whatever thread. */
export interface Finder {
  /** What is found of each message; plain values that can be sent. */
  find(messages: readonly ReceivedMessage[]): readonly unknown[];
  /** Takes over what was found of these messages in another thread. */
  adopt(messages: readonly ReceivedMessage[], found: readonly unknown[]): void;
}

/**
 * How a room makes its rows from what was said. Everything it does is idempotent and independent of the order of arrival:
 * the same messages may come again, alone or together with others, and older ones after newer ones.
 */
export abstract class Projection {
  abstract readonly room: ProjectingRoom;

  /** What finds out ahead what needs no database, and the module that exports it as `finder`, for another thread; absent where there is nothing to find. */
  readonly ahead?: { readonly finder: Finder; readonly module: string };

  /** An import begins that brings about so many rows, one transaction after the other; ended by `endImport`. */
  beginImport(_transactions: Transactions, _rows: number): Promise<void> {
    return Promise.resolve();
  }

  /** The import has ended, however it did. */
  endImport(): void {}

  /** Makes the rows of these messages in the transaction that all rooms share; identity sets `recordId`. */
  abstract project(tx: Tx, messages: ReceivedMessage[]): Promise<void>;
}
