import { Injectable } from '@nestjs/common';
import type { Transactions, Tx } from '../platform/database/transactions.js';
import { type Findings, projectingRooms, type ProjectingRoom, type Projection } from './projection.js';
import type { ReceivedMessage } from './tracking-event.js';

/** The projections of all rooms; each room adds its own when it is wired. */
@Injectable()
export class Projections {
  private readonly byRoom = new Map<ProjectingRoom, Projection>();

  /** Registers a room's projection. @throws when the room has one already. */
  add(projection: Projection): void {
    const { room } = projection;
    if (this.byRoom.has(room)) throw new Error(`The room ${room} has two projections; put both into one.`);
    this.byRoom.set(room, projection);
  }

  /** Lets every room find out ahead what needs no database; what cannot be understood is told when it is written. */
  prepare(messages: readonly ReceivedMessage[]): void {
    for (const { ahead } of this.byRoom.values()) {
      try {
        ahead?.finder.adopt(messages, ahead.finder.find(messages));
      } catch {
        continue;
      }
    }
  }

  /** By room the module that finds out ahead, for a thread that does it instead. */
  finders(): (readonly [room: string, module: string])[] {
    return [...this.byRoom].flatMap(([room, { ahead }]) => (ahead ? [[room, ahead.module] as const] : []));
  }

  /** Lets every room take over what such a thread found. */
  adopt(messages: readonly ReceivedMessage[], findings: Findings): void {
    for (const [room, found] of findings) this.byRoom.get(room as ProjectingRoom)?.ahead?.finder.adopt(messages, found);
  }

  /** Lets every room make ready for an import of about so many rows. */
  async beginImport(transactions: Transactions, rows: number): Promise<void> {
    for (const projection of this.byRoom.values()) await projection.beginImport(transactions, rows);
  }

  /** Tells every room that the import has ended. */
  endImport(): void {
    for (const projection of this.byRoom.values()) projection.endImport();
  }

  /** Lets every room make its rows, from the top of the house to the bottom. */
  async run(tx: Tx, messages: ReceivedMessage[]): Promise<void> {
    for (const room of projectingRooms) await this.byRoom.get(room)?.project(tx, messages);
  }
}
