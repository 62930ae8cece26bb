import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { GraphQLError } from 'graphql';
import { BadUserInput } from '../platform/graphql/errors.js';
import { LiveFanout } from '../platform/live/live-fanout.js';
import { Clock, seconds } from '../shared/clock.js';
import { decodeCursor, encodeCursor } from '../visit/feed.cursor.js';
import { feedChannel } from '../visit/feed.js';
import { VisitQuery } from '../visit/visit.query.js';
import { ArrivalStream, type Ending } from './arrival-stream.js';
import { BriefingService } from './briefing.service.js';
import { FeedQuery, type FeedRow } from './feed.query.js';
import { StoreArrivals, type Entry } from './store-arrivals.js';

/** A hint may be lost, so every feed that somebody follows is looked at this often. */
const lookEvery = seconds(5);

/** The cursor is older than what is kept, or of a feed that began anew. */
export class CursorTooOld extends GraphQLError {
  constructor() {
    super('This cursor is older than what is kept. Reload the board and go on from its cursor.', {
      extensions: { code: 'CURSOR_TOO_OLD' },
    });
  }
}

/** Follows the feeds of the stores whose tablets are connected to this process. */
@Injectable()
export class ArrivalsService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('Arrivals');
  private readonly stores = new Map<string, StoreArrivals>();
  private timer: NodeJS.Timeout | undefined;
  private unsubscribe: () => void = () => undefined;

  constructor(
    private readonly feed: FeedQuery,
    private readonly visits: VisitQuery,
    private readonly briefing: BriefingService,
    private readonly live: LiveFanout,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.unsubscribe = this.live.subscribe(feedChannel, (storeId) => this.hear(storeId));
    this.timer = setInterval(() => this.lookAround(), lookEvery);
    this.timer.unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
    this.unsubscribe();
    for (const { streams } of this.stores.values()) for (const stream of streams) void stream.return();
  }

  /** How many tablets follow a store here. */
  get size(): number {
    return [...this.stores.values()].reduce((sum, { streams }) => sum + streams.size, 0);
  }

  /**
   * Everything that happens in a store after a cursor, or from now.
   * @throws BadUserInput when it is no cursor of this store, CursorTooOld when something after it is gone.
   */
  async follow(storeId: string, cursor: string | undefined, ending: Ending): Promise<ArrivalStream> {
    const from = cursor === undefined ? await this.feed.place(storeId) : await this.placeOf(storeId, cursor);
    const store = this.storeAt(storeId, from);
    const stream = new ArrivalStream(store, from, ending);
    void store.look();
    return stream;
  }

  private async placeOf(storeId: string, cursor: string): Promise<bigint> {
    const place = decodeCursor(cursor, storeId);
    if (!place)
      throw new BadUserInput('after is no cursor of this store; take it from its board or arrivals.', ['after']);
    if (!(await this.feed.reaches(storeId, place.seq, this.clock.now()))) throw new CursorTooOld();
    return place.seq;
  }

  private storeAt(storeId: string, from: bigint): StoreArrivals {
    let store = this.stores.get(storeId);
    if (!store) {
      store = new StoreArrivals(from, {
        after: (seq) => this.feed.after(storeId, seq),
        entries: (rows) => this.entriesOf(storeId, rows),
        failed: (error) =>
          this.log.warn(`The feed of store ${storeId} could not be read, trying again: ${String(error)}`),
      });
      this.stores.set(storeId, store);
    }
    return store;
  }

  private async entriesOf(storeId: string, rows: readonly FeedRow[]): Promise<Entry[]> {
    const ids = [...new Set(rows.map(({ visitId }) => visitId))];
    const visits = await Promise.all(ids.map((id) => this.briefing.prepare(id, () => this.visits.asRead(id))));
    const byId = new Map(visits.flatMap((visit) => (visit ? [[visit.id, visit]] : [])));
    return rows.map(({ seq, kind, visitId }) => {
      const visit = byId.get(visitId);
      return { seq, visitId, arrival: visit ? { cursor: encodeCursor({ storeId, seq }), kind, visit } : null };
    });
  }

  /** A hint names a store; an empty one says that hints may have been missed. */
  private hear(storeId: string): void {
    if (storeId !== '') void this.stores.get(storeId)?.look();
    else for (const store of this.stores.values()) void store.look();
  }

  private lookAround(): void {
    for (const [storeId, store] of this.stores) {
      if (store.streams.size === 0) this.stores.delete(storeId);
      else void store.look();
      store.dismissStalled();
      store.wakeAll();
    }
  }
}
