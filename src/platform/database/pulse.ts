import type { Socket } from 'node:net';
import { setImmediate as breath } from 'node:timers/promises';
import { Client, type ClientBase } from 'pg';
import { seconds } from '../../shared/clock.js';

/** Between two looks at the connections. */
const pause = seconds(0.25);
/** A statement that has been silent for so long makes us ask whether the server lives; slow statements are none of our business. */
const silence = seconds(1);
/** The time a server has to greet, though every other connection is silent too. */
const patience = seconds(1.5);

/** A connection, with the time since which nothing has come although something was asked. */
interface Watched {
  readonly socket: Socket;
  asked: unknown;
  bytes: number;
  since: number;
}

// node-postgres keeps both to itself; "activeQuery" in public is deprecated without a substitute.
type Inside = ClientBase & { readonly connection: { readonly stream: Socket }; readonly _activeQuery: unknown };

/**
 * Tells a server that has frozen, or a host that has gone, from a slow statement: neither closes a connection, and whoever waits on
 * one would wait for a quarter of an hour. When a statement is silent, somebody new knocks; if nobody opens and nothing is heard on
 * any connection meanwhile, all of them are cut, so that their requests are refused within three seconds.
 */
export class Pulse {
  private readonly watched = new Map<ClientBase, Watched>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly url: string) {}

  /** Watches one more connection until it ends. */
  watch(client: ClientBase): void {
    const { stream: socket } = (client as Inside).connection;
    this.watched.set(client, { socket, asked: undefined, bytes: 0, since: 0 });
    client.once('end', () => this.watched.delete(client));
    this.schedule();
  }

  private schedule(): void {
    if (this.timer !== undefined || this.watched.size === 0) return;
    this.timer = setTimeout(() => void this.look(), pause).unref();
  }

  private async look(): Promise<void> {
    // What came while this process was busy is read first.
    await breath();
    const silent = this.longestSilence();
    if (silent >= silence && (await this.isDead())) this.cut();
    this.timer = undefined;
    this.schedule();
  }

  private longestSilence(): number {
    const now = performance.now();
    let longest = 0;
    for (const [client, state] of this.watched) {
      const { _activeQuery: asked } = client as Inside;
      if (asked !== state.asked || state.socket.bytesRead !== state.bytes) {
        Object.assign(state, { asked, bytes: state.socket.bytesRead, since: now });
      } else if (asked) longest = Math.max(longest, now - state.since);
    }
    return longest;
  }

  private async isDead(): Promise<boolean> {
    const before = this.heard();
    const probe = new Client({
      connectionString: this.url,
      connectionTimeoutMillis: patience,
      application_name: 'foyer-pulse',
    });
    probe.on('error', () => undefined);
    try {
      await probe.connect();
      await probe.end();
      return false;
    } catch (error) {
      await breath();
      // Whoever refuses us lives, and closes what it cannot serve.
      return /timeout/i.test(String(error)) && this.heard() === before;
    }
  }

  private heard(): number {
    return [...this.watched.values()].reduce((sum, { socket }) => sum + socket.bytesRead, 0);
  }

  private cut(): void {
    for (const { socket, asked } of this.watched.values()) {
      socket.destroy(
        asked ? Object.assign(new Error('The database does not answer.'), { code: 'ETIMEDOUT' }) : undefined,
      );
    }
  }
}
