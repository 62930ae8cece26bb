import fc from 'fast-check';
import { runs } from '../../../test/support/runs.js';
import { model } from '../evidence/model.js';
import type { Profile } from '../evidence/profile.rules.js';
import { compare, weigh } from '../evidence/score.rules.js';
import { householdEvidence } from '../household/household.rules.js';
import { alikeProfiles } from '../evidence/arbitraries.js';
import { mayBeNear } from './sketch-bound.rules.js';
import { Sketches } from './sketches.js';

/** As a rule such of whom a sketch can tell everything. */
const profiles = fc.tuple(alikeProfiles, fc.integer({ min: 0, max: 9 })).map(([profile, chance]): Profile => {
  const { name } = profile;
  const plain = name && { given: name.given.length > 0 ? name.given : ['mo'], family: name.family };
  if (chance === 0) return profile;
  return { ...profile, name: plain, misdate: undefined, nationalId: undefined, devices: [] };
});

it('sets apart only pairs of which comparing in full says nothing', () => {
  let apart = 0;
  const count = runs(20_000);
  const sketches = new Sketches();
  fc.assert(
    fc.property(profiles, profiles, (a, b) => {
      if (mayBeNear(sketches.sketch(a), sketches.sketch(b), sketches.words, model)) return;
      apart += 1;
      const evidence = compare(a, b, model);
      expect(weigh(evidence, model)).toBeLessThan(model.possible);
      expect(householdEvidence(evidence)).toEqual([]);
    }),
    { numRuns: count },
  );
  expect(apart).toBeGreaterThan(count / 20);
});
