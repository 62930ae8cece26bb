import fc from 'fast-check';
import { type Profile, profileOf } from './profile.rules.js';

const said = (...texts: string[]): fc.Arbitrary<string | undefined> =>
  fc.option(fc.constantFrom(...texts), { nil: undefined, freq: 3 });

/** Records that are alike in every way in which two people or two records of one can be. */
export const alikeProfiles: fc.Arbitrary<Profile> = fc
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
      'ada.lovelace@customers.a-very-long-name-of-a-house.example',
      'ada.lovelace.web@customers.a-very-long-name-of-a-house.example',
      'bert.king@people.another-very-long-name-of-a-house.example.org',
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
