import fc from 'fast-check';
import { editDistance } from './similarity.rules.js';

const short = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 9 });

describe('the edits between two texts', () => {
  it('are as many as its definition says, up to the limit', () => {
    fc.assert(
      fc.property(short, short, fc.integer({ min: 1, max: 4 }), (a, b, limit) => {
        expect(editDistance(a, b, limit)).toBe(Math.min(defined(a, b), limit + 1));
      }),
      { numRuns: 2000 },
    );
  });

  it('are found in texts longer than those before', () => {
    const long = 'ab'.repeat(200);
    expect(editDistance(`x${long}y`, `y${long}x`, 4)).toBe(2);
    expect(editDistance('Ada', 'Dada', 2)).toBe(2);
  });
});

/** The optimal string alignment distance, letter by letter from its definition. */
function defined(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  const at = (i: number, j: number): number => table[i]?.[j] ?? Infinity;
  for (let i = 0; i <= a.length; i++)
    for (let j = 0; j <= b.length; j++) {
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const ways = [at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + Number(a[i - 1] !== b[j - 1])];
      if (isSwapped) ways.push(at(i - 2, j - 2) + 1);
      (table[i] as number[])[j] = i + j === 0 ? 0 : Math.min(...ways);
    }
  return at(a.length, b.length);
}
