import fc from 'fast-check';
import { runs } from '../../../test/support/runs.js';
import type { Profile } from '../evidence/profile.rules.js';
import { profileOfText, textOfProfile } from './profile-text.rules.js';

const word = fc.oneof(
  { arbitrary: fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme' }), weight: 8 },
  { arbitrary: fc.constantFrom('', '\x1e', 'a\x1fb', '{'), weight: 1 },
);
const words = fc.array(word, { maxLength: 3 });
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });
const day = fc.record({
  year: fc.integer({ min: 1880, max: 2026 }),
  month: fc.integer({ min: 1, max: 12 }),
  day: fc.integer({ min: 1, max: 31 }),
});
const profile: fc.Arbitrary<Profile> = fc.record({
  name: maybe(
    fc.record(
      { given: words, family: words, generation: fc.constantFrom('jr', '2') },
      { requiredKeys: ['given', 'family'] },
    ),
  ),
  birth: maybe(day),
  misdate: maybe(word),
  emails: words,
  phones: words,
  devices: words,
  boxNames: words,
  street: maybe(fc.record({ number: fc.oneof(word, fc.constant('')), name: words })),
  postalCode: maybe(word),
  locality: maybe(word),
  nationalId: maybe(word),
});

it('gives every profile back as it was', () => {
  fc.assert(
    fc.property(profile, (one) => {
      expect(profileOfText(textOfProfile(one))).toEqual(one);
    }),
    { numRuns: runs(2000) },
  );
});
