import type { Arrival } from './arrival.view.js';
import type { Entry, Follower, StoreArrivals } from './store-arrivals.js';

/** What the subscription yields, under the name of its root field. */
export interface ArrivalNews {
  readonly arrivals: Arrival;
}

/** What ends a stream from outside. */
export interface Ending {
  /** Whether the reader's token has not ended. */
  readonly mayGoOn: () => boolean;
  /** Whether the reader's rights are still those she came with; asked for each arrival before it is told. */
  readonly isAllowed: () => Promise<boolean>;
  /** The reader takes nothing any more; her connection is closed and she resumes by her cursor. */
  readonly tooSlow: () => void;
}

/** One tablet's way through a store's feed: pulled, so that what a slow reader has not taken is not written. */
export class ArrivalStream implements AsyncIterableIterator<ArrivalNews>, Follower {
  private pending: readonly Entry[] = [];
  private wakeUp: (() => void) | undefined;
  private closed = false;
  private placeAtLastCheck: bigint | undefined;
  /** The answer whether the arrival that was announced may be told. */
  private asked: Promise<boolean> | undefined;

  constructor(
    private readonly store: StoreArrivals,
    private place: bigint,
    private readonly ending: Ending,
  ) {
    store.streams.add(this);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<ArrivalNews>> {
    while (!this.closed && this.ending.mayGoOn()) {
      const arrival = this.step();
      if (!arrival) await this.read();
      else if (await this.isAllowed()) return { done: false, value: { arrivals: arrival } };
      else break;
    }
    return this.return();
  }

  /** Nothing is told while the rights cannot be read. */
  private async isAllowed(): Promise<boolean> {
    while (!this.closed) {
      try {
        return await this.takeAnswer();
      } catch (error) {
        this.store.failed(error);
        await this.rest();
      }
    }
    return false;
  }

  private takeAnswer(): Promise<boolean> {
    const answer = this.asked ?? this.ending.isAllowed();
    this.asked = undefined;
    return answer;
  }

  return(): Promise<IteratorResult<ArrivalNews>> {
    this.closed = true;
    this.store.streams.delete(this);
    this.wake();
    return Promise.resolve({ done: true, value: undefined });
  }

  /** Who waits is told at once, so its right is asked for while the arrival is read; who is busy asks when it is there. */
  announce(): void {
    if (!this.wakeUp || this.closed) return;
    this.asked = this.ending.isAllowed();
    this.asked.catch(() => undefined);
  }

  /** There may be something new. */
  wake(): void {
    this.wakeUp?.();
  }

  /** Whether there was something to take when last asked, and nothing has been taken since. */
  isStalled(): boolean {
    const waiting = this.wakeUp !== undefined;
    const stalled = !waiting && this.place === this.placeAtLastCheck;
    this.placeAtLastCheck = !waiting && this.store.isBeyond(this.place) ? this.place : undefined;
    return stalled;
  }

  /** Closes the connection of a reader who does not read. */
  dismiss(): void {
    this.ending.tooSlow();
    void this.return();
  }

  /** The next arrival that was read already; undefined when there is none. */
  private step(): Arrival | undefined {
    for (const [index, entry] of this.pending.entries()) {
      this.place = entry.seq;
      if (!entry.arrival) continue;
      this.pending = this.pending.slice(index + 1);
      return entry.arrival;
    }
    this.pending = [];
    return undefined;
  }

  private async read(): Promise<void> {
    try {
      this.pending = await this.store.next(this.place);
    } catch (error) {
      this.store.failed(error);
      return this.rest();
    }
    if (this.pending.length === 0 && !this.store.isBeyond(this.place)) await this.rest();
  }

  private rest(): Promise<void> {
    this.asked = undefined;
    return new Promise((resolve) => {
      this.wakeUp = () => {
        this.wakeUp = undefined;
        resolve();
      };
      if (this.closed) this.wakeUp();
    });
  }
}
