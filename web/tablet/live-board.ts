import { createClient, type Client } from 'graphql-ws';
import { Fault, Outdated, SignedOut, Unreachable, ask, byHash } from '../shared/ask.js';
import { now } from '../shared/time.js';
import { Newest, disputed, nameless, type Visit } from './board.rules.js';
import { ArrivalsDocument, BoardDocument, type ArrivalsSubscription } from './graphql/graphql.js';
import { renewApp } from './renew-app.js';
import { open, sealSoon } from './vault.js';
import { dayIn, forgetDaysThatEnded } from './working-day.js';

/** How this board stands to the server: still loading, hearing everything, or showing what was. */
export type Connection = 'loading' | 'live' | 'offline' | 'signed-out' | 'failed';

/** What the board shows at one moment; a new object at every change. */
export interface BoardSeen {
  readonly visits: ReadonlyMap<string, Visit>;
  readonly connection: Connection;
  readonly asOf: number | null;
  /** The last visitor who came in while we were looking. */
  readonly lastArrival: Visit | null;
  readonly fault: string | null;
}

interface Kept {
  visits: Visit[];
  /** When the server last said so, and when this device last changed it. */
  asOf: number;
  keptAt: number;
  reader: string;
}

/** Where the board is, and who looks at it, for what one may read of a visitor another may not; nobody without a shift. */
interface Place {
  readonly storeId: string;
  readonly timeZone: string;
  readonly reader: string | null;
}

/** Under which names boards are kept: the one of a shift, and the one that shows no person. */
const KEPT = 'board';
const KEPT_NAMELESS = 'board-nameless';
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 8_000;

/** The store's present and expected visitors, kept up to date from the arrivals feed and resumed by its cursor. */
export class LiveBoard {
  private seen: BoardSeen = { visits: new Map(), connection: 'loading', asOf: null, lastArrival: null, fault: null };
  private readonly listeners = new Set<() => void>();
  private cursor: string | undefined;
  private socket: Client | undefined;
  private stopped = false;
  private attempt = 0;
  /** A development server may not know this document by its hash yet. */
  private byText = false;
  private wake: (() => void) | undefined;
  /** Check-ins of this tablet that the server has not answered yet, and who came in meanwhile. */
  private underWay = 0;
  private unannounced: Visit[] = [];
  private readonly newest = new Newest();
  private hasProvedAnew = false;
  /** The day of the store on which this board began; with the next one another begins. */
  private readonly day: string;

  constructor(
    private readonly place: Place,
    private readonly token: () => Promise<string>,
    /** Whether "not her" was said here of whom a visit shows, and the server has not heard it yet. */
    private readonly isDisputed: (visit: Visit) => boolean,
    /** Where nobody has a shift: has the device prove anew who it is. */
    private readonly proveAnew?: () => void,
  ) {
    this.day = dayIn(place.timeZone);
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
    void this.socket?.dispose();
    this.hurry();
  }

  /** Takes a visit from an answer of our own, before the feed repeats it. */
  readonly take = (visit: Visit): void => this.show(this.with(visit));

  /** Checks somebody in at this tablet, which does not announce her: whoever comes in meanwhile is announced when it is known who she is. */
  async checkingIn<Result>(
    work: () => Promise<Result>,
    visitOf: (result: Result) => string | undefined,
  ): Promise<Result> {
    this.underWay += 1;
    let own: string | undefined;
    try {
      const result = await work();
      own = visitOf(result);
      return result;
    } finally {
      this.underWay -= 1;
      const others = this.unannounced.filter((visit) => visit.id !== own);
      this.unannounced = this.underWay > 0 ? others : [];
      const last = this.underWay > 0 ? undefined : others.at(-1);
      if (last) this.show({ lastArrival: last });
    }
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
    this.show({ visits, asOf: now(), connection: 'live', fault: null });
    this.keep();
  }

  private async follow(): Promise<void> {
    if (!navigator.onLine) throw new Unreachable('This device has no network.');
    const token = await this.token();
    if (this.stopped) return;
    this.socket = createClient({
      url: `${location.origin.replace(/^http/, 'ws')}/graphql`,
      connectionParams: { authorization: `Bearer ${token}`, language: document.documentElement.lang },
      retryAttempts: 0,
      keepAlive: 10_000,
      lazy: true,
    });
    const feed = this.socket.iterate<ArrivalsSubscription>({
      query: this.byText ? ArrivalsDocument.toString() : '',
      ...(!this.byText && { extensions: byHash(ArrivalsDocument) }),
      variables: { storeId: this.place.storeId, after: this.cursor },
    });
    const acknowledged = this.socket.on('connected', () => this.reconnected());
    try {
      for await (const { data, errors } of feed) {
        if (errors?.length) throw faultOf(errors[0] as { message: string; extensions?: Record<string, unknown> });
        if (data) this.hear(data.arrivals);
      }
    } finally {
      acknowledged();
      void this.socket.dispose();
    }
  }

  private hear({ cursor, kind, visit }: ArrivalsSubscription['arrivals']): void {
    this.cursor = cursor;
    const fresh = kind === 'ARRIVED' && !this.seen.visits.has(visit.id);
    const announced = fresh && this.underWay === 0;
    if (fresh && !announced) this.unannounced.push(visit);
    this.show({ asOf: now(), ...this.with(visit), ...(announced ? { lastArrival: visit } : {}) });
  }

  private reconnected(): void {
    this.attempt = 0;
    this.hasProvedAnew = false;
    this.show({ connection: 'live', asOf: now(), fault: null });
  }

  /** A device's token ends every quarter of an hour; only a device that cannot get another one is signed out. */
  private signedOut(): void {
    this.proveAnew?.();
    if (!this.proveAnew || this.hasProvedAnew) return this.show({ connection: 'signed-out' });
    this.hasProvedAnew = true;
  }

  private fellOff(error: unknown): void {
    if (error instanceof SignedOut || closedAs(error, [4401, 4403])) return this.signedOut();
    if (error instanceof Outdated) void renewApp();
    if (error instanceof Fault && error.code === 'PERSISTED_QUERY_NOT_FOUND') this.byText = true;
    else if (error instanceof Fault && error.code === 'CURSOR_TOO_OLD') this.cursor = undefined;
    else if (error instanceof Fault) return this.show({ connection: 'failed', fault: error.message });
    if (error instanceof Unreachable || !(error instanceof Fault)) this.show({ connection: 'offline' });
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

  /** A socket of a device that has lost its network says nothing for minutes; the board must not look live meanwhile. */
  private readonly hangUp = (): void => this.socket?.terminate();

  private show(change: Partial<BoardSeen>): void {
    this.seen = { ...this.seen, ...change };
    this.listeners.forEach((listener) => listener());
  }

  private async showKept(): Promise<void> {
    await forgetDaysThatEnded();
    const boards = await Promise.all([KEPT, KEPT_NAMELESS].map((name) => open<Kept>(name).catch(() => undefined)));
    const [named, newest] = [boards[0], boards.filter((board) => !!board).sort((a, b) => b.keptAt - a.keptAt)[0]];
    const { reader } = this.place;
    const kept = reader === null ? newest : named;
    if (!kept || this.stopped) return;
    const visits = kept.visits.map((visit) => this.asShown(readBy(visit, reader, kept.reader)));
    this.show({ visits: new Map(visits.map((visit) => [visit.id, visit])), asOf: kept.asOf });
  }

  private keep(): void {
    if (this.stopped) return;
    const { reader, timeZone } = this.place;
    const kept = (): Kept | undefined => {
      // A day that is over is being forgotten.
      if (dayIn(timeZone) !== this.day) return undefined;
      const { visits, asOf } = this.seen;
      return { visits: [...visits.values()], asOf: asOf ?? now(), keptAt: now(), reader: reader ?? '' };
    };
    sealSoon(reader === null ? KEPT_NAMELESS : KEPT, kept, `day:${this.day}`);
  }
}

/** What one reader may see of a visit that was kept for another. */
function readBy(visit: Visit, reader: string | null, keptFor: string): Visit {
  if (reader === null) return nameless(visit);
  return reader === keptFor ? visit : { ...visit, context: null };
}

function faultOf(error: { message: string; extensions?: Record<string, unknown> }): Error {
  const told = error.extensions?.['code'];
  const code = typeof told === 'string' ? told : 'FAULT';
  if (code === 'DOCUMENT_NOT_KNOWN') return new Outdated(error.message);
  if (code === 'UNAVAILABLE') return new Unreachable(error.message);
  return code === 'UNAUTHENTICATED' ? new SignedOut(error.message) : new Fault(error.message, code, undefined);
}

function closedAs(error: unknown, codes: number[]): boolean {
  return error instanceof CloseEvent && codes.includes(error.code);
}
