import type { Client } from 'graphql-ws';
import { Fault, Outdated, Unreachable, ask } from '../shared/ask.js';
import { now } from '../shared/time.js';
import { Announcements } from './announcements.js';
import { Newest, disputed, nameless, type Visit } from './board.rules.js';
import { arrivalsOn, isSignedOut, openLine } from './feed.js';
import { BoardDocument, type ArrivalsSubscription } from './graphql/graphql.js';
import { KeptBoard, type Place } from './kept-board.js';
import { renewApp } from './renew-app.js';

/** How this board stands to the server: still loading, hearing everything, or showing what was. */
export type Connection = 'loading' | 'live' | 'offline' | 'signed-out' | 'failed';

/** What the board shows at one moment; a new object at every change. */
export interface BoardSeen {
  readonly visits: ReadonlyMap<string, Visit>;
  readonly connection: Connection;
  /** When the server was last heard, as far as it matters: while the board is live it is now. */
  readonly asOf: number | null;
  /** The last visitor who came in while we were looking. */
  readonly lastArrival: Visit | null;
  readonly fault: string | null;
}

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 8_000;
/** Milliseconds after which a board on which nothing happens is kept anew, for what it is as of. */
const KEEPS = 60_000;

/** The store's present and expected visitors, kept up to date from the arrivals feed and resumed by its cursor. */
export class LiveBoard {
  private seen: BoardSeen = { visits: new Map(), connection: 'loading', asOf: null, lastArrival: null, fault: null };
  private readonly listeners = new Set<() => void>();
  private cursor: string | undefined;
  private line: Client | undefined;
  private stopped = false;
  private attempt = 0;
  /** A development server may not know this document by its hash yet. */
  private byText = false;
  private wake: (() => void) | undefined;
  private readonly announcements = new Announcements((visit) => this.show({ lastArrival: visit }));
  private readonly newest = new Newest();
  private hasProvedAnew = false;
  private readonly kept: KeptBoard;
  /** When the server was last heard, and when the board was last kept; nobody needs to draw anything for that. */
  private heardAt: number | null = null;
  private keptAt = 0;

  constructor(
    private readonly place: Place,
    private readonly token: () => Promise<string>,
    /** Whether "not her" was said here of whom a visit shows, and the server has not heard it yet. */
    private readonly isDisputed: (visit: Visit) => boolean,
    /** Where nobody has a shift: has the device prove anew who it is. */
    private readonly proveAnew?: () => void,
  ) {
    this.kept = new KeptBoard(place);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly current = (): BoardSeen => this.seen;

  /** Shows what was kept, then loads the board and follows the feed until `stop`. */
  async start(): Promise<void> {
    window.addEventListener('online', this.hurry);
    window.addEventListener('offline', this.hangUp);
    await this.showKept();
    while (!this.stopped) {
      try {
        if (!this.cursor) await this.loadBoard();
        await this.follow();
      } catch (error) {
        this.fellOff(error);
      }
      if (this.seen.connection === 'signed-out' && !this.proveAnew) return;
      await this.pause();
    }
  }

  stop(): void {
    this.stopped = true;
    window.removeEventListener('online', this.hurry);
    window.removeEventListener('offline', this.hangUp);
    // A line that does not stand yet may never.
    void Promise.resolve(this.line?.dispose()).catch(() => undefined);
    this.hurry();
  }

  /** Takes a visit from an answer of our own, before the feed repeats it. */
  readonly take = (visit: Visit): void => this.show(this.with(visit));

  /** Checks somebody in at this tablet, which does not announce her. */
  checkingIn<Result>(work: () => Promise<Result>, visitOf: (result: Result) => string | undefined): Promise<Result> {
    return this.announcements.checkingIn(work, visitOf);
  }

  private with(arrived: Visit): Partial<BoardSeen> {
    const visit = this.asShown(arrived);
    const known = this.seen.visits.get(visit.id);
    const taken = this.newest.of(known, visit);
    if (!taken) return {};
    if (!visit.endedAt && known && JSON.stringify(known) === JSON.stringify(taken)) return {};
    const visits = new Map(this.seen.visits);
    if (visit.endedAt) visits.delete(visit.id);
    else visits.set(visit.id, taken);
    this.keep();
    return { visits };
  }

  /** An answer to whoever had the shift may come when nobody has one any more. */
  private asShown(visit: Visit): Visit {
    const seen = this.place.reader === null ? nameless(visit) : visit;
    return this.isDisputed(seen) ? disputed(seen) : seen;
  }

  private async loadBoard(): Promise<void> {
    const { board } = await ask(BoardDocument, { storeId: this.place.storeId }, { token: await this.token() });
    if (this.stopped) return;
    const visits = new Map([...board.present, ...board.expected].map((visit) => [visit.id, this.asShown(visit)]));
    this.cursor = board.cursor;
    this.stands({ visits });
    this.keep();
  }

  private async follow(): Promise<void> {
    if (!navigator.onLine) throw new Unreachable('This device has no network.');
    const token = await this.token();
    if (this.stopped) return;
    this.line = openLine(token, { stands: this.reconnected, answers: this.answers });
    try {
      const variables = { storeId: this.place.storeId, after: this.cursor };
      for await (const arrival of arrivalsOn(this.line, variables, this.byText)) this.hear(arrival);
    } finally {
      void this.line.dispose();
    }
  }

  private hear({ cursor, kind, visit }: ArrivalsSubscription['arrivals']): void {
    this.cursor = cursor;
    this.heardAt = now();
    const isNews = kind === 'ARRIVED' && !this.seen.visits.has(visit.id);
    this.show(this.with(visit));
    if (isNews) this.announcements.cameIn(visit);
  }

  private readonly reconnected = (): void => {
    this.attempt = 0;
    this.hasProvedAnew = false;
    this.stands({});
  };

  private stands(change: Partial<BoardSeen>): void {
    this.heardAt = now();
    this.show({ ...change, connection: 'live', asOf: this.heardAt, fault: null });
  }

  private readonly answers = (): void => {
    this.heardAt = now();
    if (this.heardAt - this.keptAt >= KEEPS) this.keep();
  };

  /** A device's token ends every quarter of an hour; only a device that cannot get another one is signed out. */
  private signedOut(): void {
    this.proveAnew?.();
    if (!this.proveAnew || this.hasProvedAnew) return this.show({ connection: 'signed-out' });
    this.hasProvedAnew = true;
  }

  private fellOff(error: unknown): void {
    if (isSignedOut(error)) return this.signedOut();
    if (error instanceof Outdated) void renewApp();
    if (error instanceof Fault && error.code === 'PERSISTED_QUERY_NOT_FOUND') this.byText = true;
    else if (error instanceof Fault && error.code === 'CURSOR_TOO_OLD') this.cursor = undefined;
    else if (error instanceof Fault) return this.show({ connection: 'failed', fault: error.message });
    if (error instanceof Unreachable || !(error instanceof Fault)) this.wentOffline();
  }

  private wentOffline(): void {
    if (this.seen.connection === 'live') this.keep();
    this.show({ connection: 'offline', asOf: this.heardAt ?? this.seen.asOf });
  }

  private pause(): Promise<void> {
    const length = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** this.attempt++) * (0.7 + Math.random() * 0.6);
    return new Promise((resolve) => {
      this.wake = resolve;
      setTimeout(resolve, this.attempt === 1 ? 50 : length);
    });
  }

  private readonly hurry = (): void => {
    this.attempt = 0;
    this.wake?.();
  };

  /** A line of a device that has lost its network says nothing for minutes; the board must not look live meanwhile. */
  private readonly hangUp = (): void => this.line?.terminate();

  private show(change: Partial<BoardSeen>): void {
    this.seen = { ...this.seen, ...change };
    this.listeners.forEach((listener) => listener());
  }

  private async showKept(): Promise<void> {
    const kept = await this.kept.read();
    if (!kept || this.stopped) return;
    const visits = kept.visits.map((visit) => this.asShown(visit));
    this.show({ visits: new Map(visits.map((visit) => [visit.id, visit])), asOf: kept.asOf });
  }

  private keep(): void {
    if (this.stopped) return;
    this.keptAt = now();
    this.kept.keepSoon(() => {
      const { visits, asOf } = this.seen;
      return { visits: [...visits.values()], asOf: this.heardAt ?? asOf ?? now() };
    });
  }
}
