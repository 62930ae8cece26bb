import type { Socket } from 'node:net';
import { setImmediate as breath } from 'node:timers/promises';
import type { ClientBase } from 'pg';
import { Probe } from './probe.js';
import { socketOf } from './socket-of.js';

/**
 * Milliseconds between two looks at the connections: a beat. All patience is counted in beats, and one that comes late counts once, so that
 * a process that is short of time, mostly together with its server, waits longer instead of judging sooner.
 */
const beat = 100;
/** Beats for which a statement is silent before we ask whether the server lives; slow statements are none of our business. */
const silence = 2;
/** Beats that a server has to say anything, before those who are waiting for it are refused: soon where somebody stands in a store, later where work would be lost. */
export const patience = { ofRequests: 5, ofWork: 25 } as const;

/** A connection, with the beats for which nothing has come although something was asked. */
interface Watched {
  readonly socket: Socket;
  asked: unknown;
  bytes: number;
  beats: number;
}

// node-postgres keeps it to itself; "activeQuery" in public is deprecated without a substitute.
type Inside = ClientBase & { readonly _activeQuery: unknown };

/**
 * Tells a server that has frozen, or a host that has gone, from a slow statement: neither closes a connection, and whoever waits on
 * one would wait for a quarter of an hour. When a statement is silent, a connection that stands idle for this asks for nothing; if nothing is
 * heard on it nor on any other, all of them are cut, so that their requests are refused.
 */
export class Pulse {
  private readonly watched = new Map<ClientBase, Watched>();
  private readonly probe: Probe;
  private timer: NodeJS.Timeout | undefined;
  /** What had been heard when the server was asked whether it lives, and the beats since. */
  private asking: { readonly heard: number; beats: number } | undefined;

  constructor(
    url: string,
    private readonly most: number,
  ) {
    this.probe = new Probe(url);
  }

  /** Watches one more connection until it ends. */
  watch(client: ClientBase): void {
    this.watched.set(client, { socket: socketOf(client), asked: undefined, bytes: 0, beats: 0 });
    client.once('end', () => {
      this.watched.delete(client);
      if (this.watched.size === 0) this.probe.close();
    });
    this.probe.open();
    this.schedule();
  }

  private schedule(): void {
    if (this.timer !== undefined || this.watched.size === 0) return;
    this.timer = setTimeout(() => void this.look(), beat).unref();
  }

  private async look(): Promise<void> {
    // What came while this process was busy is read first.
    await breath();
    this.judge();
    this.timer = undefined;
    this.schedule();
  }

  private judge(): void {
    const heard = this.heard();
    if (this.longestSilence() < silence || (this.asking && this.asking.heard !== heard)) {
      this.asking = undefined;
    } else if (!this.asking) {
      this.asking = { heard, beats: 0 };
      this.probe.ask();
    } else if (++this.asking.beats >= (this.probe.stands ? this.most : patience.ofWork)) {
      this.asking = undefined;
      this.cut();
    }
  }

  private longestSilence(): number {
    for (const [client, state] of this.watched) {
      const { _activeQuery: asked } = client as Inside;
      if (asked && asked === state.asked && state.socket.bytesRead === state.bytes) state.beats += 1;
      else Object.assign(state, { asked, bytes: state.socket.bytesRead, beats: 0 });
    }
    return Math.max(0, ...[...this.watched.values()].map(({ beats }) => beats));
  }

  private heard(): number {
    return [...this.watched.values()].reduce((sum, { socket }) => sum + socket.bytesRead, this.probe.heard);
  }

  private cut(): void {
    this.probe.close();
    for (const { socket, asked } of this.watched.values()) {
      socket.destroy(
        asked ? Object.assign(new Error('The database does not answer.'), { code: 'ETIMEDOUT' }) : undefined,
      );
    }
  }
}
