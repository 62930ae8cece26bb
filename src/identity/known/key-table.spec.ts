import fc from 'fast-check';
import { runs } from '../../../test/support/runs.js';
import { KeyTable } from './key-table.js';

/** Few keys and records, so that they meet; keys far apart, and such as would stand in one place. */
const key = fc.oneof(
  fc.integer({ min: 0, max: 8 }),
  fc.integer({ min: 0, max: 4 }).map((n) => n * 2 ** 34 + 6),
);
const turn = fc.record({ key, record: fc.integer({ min: 0, max: 300 }), adds: fc.boolean() });

it('names whoever has a key, as a map of sets would', () => {
  fc.assert(
    fc.property(fc.array(turn, { maxLength: 400, size: 'max' }), fc.integer({ min: 0, max: 60 }), (turns, most) => {
      const [table, model] = [new KeyTable(), new Map<number, Set<number>>()];
      for (const { key, record, adds } of turns) {
        const holders = model.get(key) ?? new Set();
        model.set(key, holders);
        if (adds && !holders.has(record)) table.add(key, record);
        if (adds) holders.add(record);
        else expect(table.remove(key, record)).toBe(holders.delete(record));
      }
      for (const [key, holders] of model) {
        const found = table.holdersOf(key, most);
        expect(found?.count ?? 0).toBe(Math.min(holders.size, most + 1));
        if (holders.size > most) expect(found?.records).toEqual([]);
        else expect(new Set(found?.records ?? [])).toEqual(holders);
      }
    }),
    { numRuns: runs(100) },
  );
});

it('keeps every holder while it grows, and counts beyond what it counts one by one', () => {
  const table = new KeyTable();
  const shared = 2 ** 50 + 1;
  // Apart like the hashes that keys are.
  const own = (record: number): number => Math.imul(record, 0x9e3779b1) >>> 0;
  for (let record = 0; record < 20_000; record += 1) {
    table.add(own(record), record);
    if (record < 1000) table.add(shared, record);
  }
  for (let record = 0; record < 20_000; record += 1)
    expect(table.holdersOf(own(record), 50)).toEqual({ count: 1, records: [record] });
  expect(table.holdersOf(shared, 50)).toEqual({ count: 51, records: [] });
  for (let record = 3; record < 1000; record += 1) expect(table.remove(shared, record)).toBe(true);
  expect(table.holdersOf(shared, 50)).toEqual({ count: 3, records: [2, 1, 0] });
});
