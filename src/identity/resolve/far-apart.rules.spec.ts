import fc from 'fast-check';
import { runs } from '../../../test/support/runs.js';
import { model } from '../evidence/model.js';
import { type Profile, profileOf } from '../evidence/profile.rules.js';
import { compare, weigh } from '../evidence/score.rules.js';
import { householdEvidence } from '../household/household.rules.js';
import { areFarApart } from './far-apart.rules.js';

const said = (...texts: string[]): fc.Arbitrary<string | undefined> =>
  fc.option(fc.constantFrom(...texts), { nil: undefined, freq: 3 });

/** Records that are alike in every way in which two people or two records of one can be. */
const profile: fc.Arbitrary<Profile> = fc
  .record({
    givenName: said('Ada', 'Adah', 'A', 'Adam', 'Bill', 'William', 'Andrea', 'Andreas', 'Ada Maria', 'Lovelace'),
    familyName: said('Lovelace', 'Lovelance', 'King', 'King-Noel', 'Smith', 'Ada', 'Müller Jr', 'Müller Sr'),
    birthDate: said('1985-12-10', '1985-10-12', '1985-12-11', '1958-12-10', '1985-13-10', '1960-02-03', '1984-11-30'),
    street: said('Hauptstraße 12', 'Hauptstr. 12', 'Hauptstraße 13', 'Nebenweg 12', 'Mill Lane', 'Mill Lane 7'),
    postalCode: said('10115', '10116', '50667'),
    locality: said('Berlin', 'Berlim', 'Köln'),
    nationalId: said('AB123456', 'CD987654'),
    email: said(
      'ada@example.org',
      'ada@post.example',
      'ada.lovelace@example.org',
      'adalovelace@example.org',
      'al@b.example',
    ),
    phone: said('+4916050910040', '+4916050910041', '+4930123456', '+16050910040'),
    device: said('shop:1', 'shop:2'),
  })
  .map(({ email, phone, device, ...traits }) => {
    const held = Object.entries({ email, phone, device }).flatMap(([kind, key]) =>
      key === undefined ? [] : { kind, key },
    );
    const known = Object.fromEntries(Object.entries(traits).filter(([, value]) => value !== undefined));
    return profileOf({ traits: known, country: 'DE', identifiers: held, year: 2026 });
  });

it('sets apart only pairs of which comparing in full says nothing', () => {
  let apart = 0;
  const count = runs(20_000);
  fc.assert(
    fc.property(profile, profile, (a, b) => {
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
