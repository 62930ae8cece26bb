import fc from 'fast-check';
import { runs } from '../../../test/support/runs.js';
import { model } from '../evidence/model.js';
import { compare, weigh } from '../evidence/score.rules.js';
import { householdEvidence } from '../household/household.rules.js';
import { alikeProfiles } from '../evidence/arbitraries.js';
import { areFarApart } from './far-apart.rules.js';

it('sets apart only pairs of which comparing in full says nothing', () => {
  let apart = 0;
  const count = runs(20_000);
  fc.assert(
    fc.property(alikeProfiles, alikeProfiles, (a, b) => {
      if (!areFarApart(a, b, model)) return;
      apart += 1;
      const evidence = compare(a, b, model);
      expect(weigh(evidence, model)).toBeLessThan(model.possible);
      expect(householdEvidence(evidence)).toEqual([]);
    }),
    { numRuns: count },
  );
  expect(apart).toBeGreaterThan(count / 10);
});
