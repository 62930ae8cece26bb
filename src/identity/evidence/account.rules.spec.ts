import fc from 'fast-check';
import { account } from './account.rules.js';
import type { Evidence } from './evidence.js';
import { groupOf, levelTable } from './levels.rules.js';
import { model } from './model.js';
import { weigh } from './score.rules.js';

const rows = levelTable(model);
const fields = [...new Set(rows.map(({ field }) => field))];
/** Any comparison that the level table knows, at most one a field. */
const comparisons = fc.subarray(fields).chain((some) =>
  fc.tuple(
    ...some.map((field) =>
      fc.constantFrom(...rows.filter((row) => row.field === field)).map(({ level, under, weight }): Evidence => ({
        ...{ field, level, weight, group: groupOf(field) },
        ...(under && { under }),
        ...(field === 'phone' || field === 'mail' ? { values: [`${field} 1`] } : {}),
      })),
    ),
  ),
);

it('takes a score apart into what adds up to it, whatever was compared and whoever else holds the values', () => {
  fc.assert(
    fc.property(comparisons, fc.constantFrom(0, 0.5, 1), (evidence, worth) => {
      const { parts, reductions } = account(evidence, model, () => worth);
      const sum = [...parts, ...reductions].reduce((total, { weight }) => total + weight, 0);
      expect(sum).toBe(weigh(evidence, model, () => worth));
    }),
    { numRuns: 2000 },
  );
});

it('says what a household shares beyond its cap, and what lacks a proof of one person', () => {
  const said = (field: string, level: string): Evidence => {
    const weight = rows.find((row) => row.field === field && row.level === level && row.under === '')?.weight ?? 0;
    return { field, level, weight, group: groupOf(field) };
  };
  const family = ['family', 'phone', 'street'].map((field) => said(field, 'exact'));
  expect(account(family, model).reductions).toEqual([
    { reduction: 'householdCap', weight: model.householdCap - (8 + 14 + 11) },
    { reduction: 'unproven', weight: model.unproven - model.householdCap },
  ]);
  expect(account([...family, said('given', 'exact')], model).reductions).toHaveLength(1);
});
