import { barsOf, marked, rowsOf } from './compare.rules.js';

type Values = Parameters<typeof rowsOf>[0]['a'];

const values = (seen: Record<string, string>, isMasked = false): Values => ({
  values: Object.entries(seen).map(([field, text]) => ({ field, text, isMasked })),
});

it('lays two records side by side as the server tells them, and marks letters only where both are seen whole', () => {
  const fields = [
    { field: 'familyName', standing: 'DIFFERENT' },
    { field: 'phone', standing: 'ONE_SIDED' },
  ] as const;
  const b = { familyName: 'Weiss' };
  const rows = rowsOf({ a: values({ phone: '030 1', familyName: 'Weiß' }), b: values(b), fields });
  expect(rows.map((row) => [row.field, row.a.length, row.b.length, row.isMarked])).toEqual([
    ['familyName', 1, 1, true],
    ['phone', 1, 0, false],
  ]);
  const [masked] = rowsOf({ a: values({ familyName: 'W…' }, true), b: values(b), fields });
  expect(masked?.isMarked).toBe(false);
});

it.each([
  ['Meier', 'Meyer', ['Me', '*i', 'er']],
  ['Anna', 'Annabel', ['Anna']],
  ['Annabel', 'Anna', ['Anna', '*bel']],
  ['MEIER', 'meier', ['MEIER']],
  ['Ada', undefined, ['Ada']],
  ['𝒜da', '𝒝da', ['*𝒜', 'da']],
])('marks in %j what %j lacks', (text, other, parts) => {
  expect(marked(text, other).map((part) => (part.isMarked ? `*${part.text}` : part.text))).toEqual(parts);
});

it('stacks the evidence, each bar where the last one ended, up to the whole', () => {
  const bars = barsOf([
    { text: 'name', weight: 9 },
    { text: 'city', weight: 4 },
    { text: 'nothing' },
    { text: 'capped', weight: -2 },
  ]);
  expect(bars).toEqual([
    { text: 'name', weight: 9, from: 0, to: 9 },
    { text: 'city', weight: 4, from: 9, to: 13 },
    { text: 'capped', weight: -2, from: 13, to: 11 },
  ]);
});
