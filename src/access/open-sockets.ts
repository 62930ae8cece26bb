import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { WebSocket } from 'ws';
import { SocketWatch } from '../platform/graphql/context.js';
import { Clock, seconds } from '../shared/clock.js';
import type { Actor } from './actor.js';
import { Tokens } from './tokens.js';
import type { Rights } from './tokens.query.js';

const sweepEvery = seconds(2);
/** How long a socket may take to close politely. */
const patience = seconds(1);
/** Close code of graphql-transport-ws and graphql-ws clients for "sign in again". */
const unauthorized = 4401;

/** The open sockets of this process: whose token is revoked or ends, or whose rights change, loses its socket within 5 s. */
@Injectable()
export class OpenSockets extends SocketWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(OpenSockets.name);
  private readonly actors = new Map<WebSocket, Actor>();
  private timer?: NodeJS.Timeout;
  /** The reading that those who ask in this turn share. */
  private asked: { readonly actors: Set<Actor>; readonly rights: Promise<Map<string, Rights>> } | undefined;

  constructor(
    private readonly tokens: Tokens,
    private readonly clock: Clock,
  ) {
    super();
  }

  onApplicationBootstrap(): void {
    this.timer = setTimeout(() => void this.sweepOn(), sweepEvery);
    this.timer.unref();
  }

  beforeApplicationShutdown(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  opened(socket: WebSocket, actor: Actor): void {
    this.actors.set(socket, actor);
  }

  closed(socket: WebSocket): void {
    this.actors.delete(socket);
  }

  /** How many sockets are open. */
  get size(): number {
    return this.actors.size;
  }

  /** Closes the sockets that have lost their right. */
  async sweep(): Promise<void> {
    const ids = new Set([...this.actors.values()].flatMap(({ tokenId }) => tokenId ?? []));
    const rights = await this.tokens.rightsNow([...this.actors.values()]);
    for (const [socket, actor] of this.actors) {
      // A socket that came while the rights were read waits for the next sweep.
      if (actor.tokenId !== null && !ids.has(actor.tokenId)) continue;
      if (!stillHolds(actor, rights.get(actor.tokenId ?? ''))) dismiss(socket);
    }
  }

  /**
   * Whether what a socket was opened with still holds, before it is told something; a socket that has lost it is closed.
   * Whoever asks in the same turn shares one reading.
   */
  async confirm(socket: WebSocket, actor: Actor): Promise<boolean> {
    if (actor.tokenId === null || !this.actors.has(socket)) return false;
    const holds = stillHolds(actor, (await this.rightsOf(actor)).get(actor.tokenId));
    if (!holds) dismiss(socket);
    return holds;
  }

  private rightsOf(actor: Actor): Promise<Map<string, Rights>> {
    if (this.asked) this.asked.actors.add(actor);
    else {
      const actors = new Set([actor]);
      const rights = new Promise((resolve) => setImmediate(resolve)).then(() => {
        this.asked = undefined;
        return this.tokens.rightsNow(actors);
      });
      this.asked = { actors, rights };
    }
    return this.asked.rights;
  }

  private async sweepOn(): Promise<void> {
    try {
      await this.sweep();
    } catch (error) {
      this.log.error({ err: error }, 'The tokens of open sockets could not be checked.');
      this.dismissExpired();
    }
    if (this.timer === undefined) return;
    this.timer = setTimeout(() => void this.sweepOn(), sweepEvery);
    this.timer.unref();
  }

  private dismissExpired(): void {
    const now = this.clock.now();
    for (const [socket, { expiresAt }] of this.actors) if (expiresAt !== null && expiresAt <= now) dismiss(socket);
  }
}

/** Whether what a socket was opened with is what its token grants now. */
export function stillHolds(actor: Actor, rights: Rights | undefined): boolean {
  if (rights === undefined) return false;
  const same = (one: readonly string[], other: readonly string[]) => one.join() === other.join();
  return rights.kind === actor.kind && same(rights.roles, actor.roles) && same(rights.storeIds, actor.storeIds);
}

function dismiss(socket: WebSocket): void {
  socket.close(unauthorized, 'Unauthorized');
  setTimeout(() => socket.terminate(), patience).unref();
}
