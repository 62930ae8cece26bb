import fc from 'fast-check';
import type { Arrival } from './arrival.view.js';
import { ArrivalStream } from './arrival-stream.js';
import type { FeedRow } from './feed.query.js';
import { StoreArrivals } from './store-arrivals.js';

/** A feed in memory; `outages` reads fail, as when the database is away. */
class Ledger {
  readonly rows: FeedRow[] = [];
  outages = 0;
  reads = 0;

  append(): void {
    this.rows.push({ seq: BigInt(this.rows.length + 1), kind: 'CHANGED', visitId: `visit-${this.rows.length % 3}` });
  }

  open(last = 0n): StoreArrivals {
    return new StoreArrivals(last, {
      after: async (seq) => {
        await Promise.resolve();
        this.reads += 1;
        if (this.outages > 0) {
          this.outages -= 1;
          throw new Error('away');
        }
        return this.rows.filter((row) => row.seq > seq).slice(0, 100);
      },
      entries: async (rows) => {
        await Promise.resolve();
        const visit = { id: '', readAt: this.reads };
        return rows.map(({ seq, visitId, kind }) => ({
          seq,
          visitId,
          arrival: { cursor: `${seq}`, kind, visit } as unknown as Arrival,
        }));
      },
      failed: () => undefined,
    });
  }
}

const holds = { mayGoOn: () => true, isAllowed: () => Promise.resolve(true), tooSlow: () => undefined };

async function take(stream: ArrivalStream, count: number): Promise<number[]> {
  const taken: number[] = [];
  while (taken.length < count) {
    const { value, done } = (await stream.next()) as IteratorResult<{ arrivals: Arrival }>;
    if (done) break;
    taken.push(Number(value.arrivals.cursor));
  }
  return taken;
}

const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('the way of a tablet through a feed', () => {
  it('misses and doubles nothing, however reading, writing and outages fall', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('append', 'look', 'outage', 'join'), { minLength: 1, maxLength: 60 }),
        fc.nat(300),
        async (happenings, before) => {
          const ledger = new Ledger();
          for (let n = 0; n < before; n += 1) ledger.append();
          const store = ledger.open();
          const readers: Promise<number[]>[] = [];
          const total = before + happenings.filter((one) => one === 'append').length;
          const join = (): number => readers.push(take(new ArrivalStream(store, 0n, holds), total));
          join();
          for (const happening of happenings) {
            if (happening === 'append') ledger.append();
            else if (happening === 'outage') ledger.outages += 1;
            else if (happening === 'join') join();
            else void store.look();
            await Promise.resolve();
          }
          const all = Promise.all(readers);
          let done = false;
          void all.then(() => (done = true));
          while (!done) {
            await store.look();
            store.wakeAll();
            await new Promise((resolve) => setImmediate(resolve));
          }
          for (const taken of await all) expect(taken).toEqual(numbers(1, total));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('shares one reading among all who are up to date', async () => {
    const ledger = new Ledger();
    const store = ledger.open();
    const streams = numbers(1, 50).map(() => new ArrivalStream(store, 0n, holds));
    const taking = streams.map((stream) => take(stream, 1));
    await new Promise((resolve) => setImmediate(resolve));
    ledger.append();
    await store.look();
    await Promise.all(taking);
    expect(ledger.reads).toBe(1);
  });

  it('ends when it is left, when the right ends, and wakes whoever waits', async () => {
    const store = new Ledger().open();
    const left = new ArrivalStream(store, 0n, holds);
    const waiting = left.next();
    await left.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(store.streams.size).toBe(0);
    const expired = new ArrivalStream(store, 0n, { ...holds, mayGoOn: () => false });
    expect((await expired.next()).done).toBe(true);
  });

  it('tells nothing that came after the rights were lost, and waits while they cannot be read', async () => {
    const ledger = new Ledger();
    const store = ledger.open();
    const answers = [
      () => Promise.reject(new Error('away')),
      () => Promise.resolve(true),
      () => Promise.resolve(false),
    ];
    const isAllowed = (): Promise<boolean> => (answers.shift() ?? (() => Promise.resolve(false)))();
    const stream = new ArrivalStream(store, 0n, { ...holds, isAllowed });
    const taking = take(stream, 2);
    ledger.append();
    ledger.append();
    await store.look();
    await new Promise((resolve) => setImmediate(resolve));
    store.wakeAll();
    expect(await taking).toEqual([1]);
    expect(answers).toEqual([]);
  });

  it('is let go when it takes nothing between two looks although there is something, never when there is not', async () => {
    const ledger = new Ledger();
    const store = ledger.open();
    let dismissed = 0;
    const slow = new ArrivalStream(store, 0n, { ...holds, tooSlow: () => (dismissed += 1) });
    ledger.append();
    ledger.append();
    await store.look();
    await slow.next();
    store.dismissStalled();
    expect(dismissed).toBe(0);
    await slow.next();
    store.dismissStalled();
    store.dismissStalled();
    expect(dismissed).toBe(0);
    ledger.append();
    await store.look();
    store.dismissStalled();
    store.dismissStalled();
    expect(dismissed).toBe(1);
    expect(store.streams.size).toBe(0);
  });
});
