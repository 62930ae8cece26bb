import type { Arrival } from './arrival.view.js';
import { feedPage, type FeedRow } from './feed.query.js';

/** One number of a feed; `arrival` is null where its visit is gone. */
export interface Entry {
  readonly seq: bigint;
  readonly visitId: string;
  arrival: Arrival | null;
}

/** Somebody who follows a store's feed. */
export interface Follower {
  /** Something is on its way to everybody who waits. */
  announce(): void;
  /** There may be something new. */
  wake(): void;
  /** Whether there was something to take when last asked, and nothing has been taken since. */
  isStalled(): boolean;
  /** Closes the connection of a reader who does not read. */
  dismiss(): void;
  return(): Promise<unknown>;
}

/** What a store's feed needs of its surroundings. */
export interface Surroundings {
  readonly after: (seq: bigint) => Promise<FeedRow[]>;
  /** Reads the visits of these rows once, for everybody who is told. */
  readonly entries: (rows: readonly FeedRow[]) => Promise<Entry[]>;
  readonly failed: (error: unknown) => void;
}

/** Entries kept, with what is told of each, for those who are a little behind; who is further behind reads for himself. */
const mostRecent = 50;

/** The feed of one store as one process follows it: read once, told to every tablet that listens here. */
export class StoreArrivals {
  readonly streams = new Set<Follower>();
  private readonly recent: Entry[] = [];
  private reading = false;
  private called = false;

  constructor(
    private last: bigint,
    private readonly surroundings: Surroundings,
  ) {}

  /** Looks for what is new; callers in the meantime are served by the same or the next look. */
  async look(): Promise<void> {
    this.called = true;
    if (this.reading) return;
    this.reading = true;
    try {
      while (this.called) {
        this.called = false;
        await this.take();
      }
    } catch (error) {
      this.failed(error);
    } finally {
      this.reading = false;
    }
  }

  /** Whether something after a number is known. */
  isBeyond(seq: bigint): boolean {
    return this.last > seq;
  }

  /** What comes next after a number, in order. */
  async next(seq: bigint): Promise<readonly Entry[]> {
    const [oldest] = this.recent;
    if (!this.isBeyond(seq)) return [];
    if (oldest && oldest.seq <= seq + 1n) return this.recent.filter((entry) => entry.seq > seq);
    return this.surroundings.entries(await this.surroundings.after(seq));
  }

  /** Has every stream look again: a read of its own may have failed. */
  wakeAll(): void {
    for (const stream of this.streams) stream.wake();
  }

  /** A read that failed is tried again at the next look. */
  failed(error: unknown): void {
    this.surroundings.failed(error);
  }

  /** Lets go of the streams that have not moved since the last call although there was something for them. */
  dismissStalled(): void {
    for (const stream of this.streams) if (stream.isStalled()) stream.dismiss();
  }

  private async take(): Promise<void> {
    const rows = await this.surroundings.after(this.last);
    const end = rows.at(-1);
    if (!end) return;
    for (const stream of this.streams) stream.announce();
    for (const entry of await this.surroundings.entries(rows)) this.keep(entry);
    this.last = end.seq;
    if (rows.length === feedPage) this.called = true;
    this.wakeAll();
  }

  /** An older entry of the same visit, not told yet, is told with what is true now. */
  private keep(entry: Entry): void {
    const { visitId, arrival } = entry;
    for (const old of this.recent) {
      if (old.visitId !== visitId) continue;
      old.arrival = old.arrival && arrival && { ...old.arrival, visit: arrival.visit };
    }
    this.recent.push(entry);
    if (this.recent.length > mostRecent) this.recent.shift();
  }
}
