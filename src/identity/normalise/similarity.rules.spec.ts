import fc from 'fast-check';
import { editDistance, jaroWinkler, mayBeAlike } from './similarity.rules.js';

const short = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', 'e'), maxLength: 9 });

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

describe('the likeness of two texts', () => {
  it('is that of the literature', () => {
    expect(jaroWinkler('martha', 'marhta')).toBeCloseTo(0.9611, 4);
    expect(jaroWinkler('dwayne', 'duane')).toBeCloseTo(0.84, 4);
    expect(jaroWinkler('dixon', 'dicksonx')).toBeCloseTo(0.8133, 4);
    expect(jaroWinkler('abc', 'xyz')).toBe(0);
  });

  it('is never denied to texts that are alike', () => {
    const alike = { edits: 2, jaroWinkler: 0.84, letters: 0.82 };
    fc.assert(
      fc.property(short, short, (a, b) => {
        if (a === '' || b === '' || mayBeAlike(a, b, alike)) return;
        expect(editDistance(a, b, 2)).toBe(3);
        expect(jaroWinkler(a, b)).toBeLessThan(0.84);
      }),
      { numRuns: 5000 },
    );
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
