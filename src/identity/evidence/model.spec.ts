import { createHash } from 'node:crypto';
import { normaliserVersion } from '../record/record.rules.js';
import { blockingKeys, isWeakKind, meetingWeight } from './blocking.rules.js';
import { levelTable } from './levels.rules.js';
import { model } from './model.js';
import { profileOf } from './profile.rules.js';

const said = [
  { name: 'Łucja García-López', birthDate: '1985-12-10', street: 'Hauptstraße 12', postalCode: '10115', locality: 'Köln' },
  { name: 'Dr. Phineas Schwarz Jr', birthDate: '31.02.1990', street: '7 Mill Lane', locality: 'Ulm', nationalId: 'AB 123 456' },
  { givenName: 'Γεώργιος', familyName: 'Παπαδόπουλος', birthDate: '03/04/1975', region: 'Attica' },
]; // prettier-ignore
const identifiers = [
  { kind: 'email', key: 'leo.bradley54+news@gmail.com' },
  { kind: 'phone', key: '+4916050910040' },
  { kind: 'device', key: 'shop:b7f0a2' },
];

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}

/** What stored edges, keys and normal forms were made with; functions by what they make of a few records. */
const profiles = said.map((traits) => profileOf({ traits, country: 'DE', identifiers, year: 2026 }));
const { version, ...weights } = model;

// A changed digest needs a raised version: only so does an operator learn that what is stored was made otherwise.
describe('a new version', () => {
  it('of the model is due when a weight, the level table or a blocking key changes', () => {
    const keys = profiles.map(blockingKeys);
    const meetings = ['mail', 'nameYear'].map((kind) =>
      [1, 10, 11, 50, 51].map((count) => meetingWeight(isWeakKind(kind), count)),
    );
    expect({ version, digest: digest([weights, levelTable(model), keys, meetings]) }).toEqual({
      version: 3,
      digest: '691865486f3d5e18',
    });
  });

  it('of the normal forms is due when they change', () => {
    expect({ version: normaliserVersion, digest: digest(profiles) }).toEqual({
      version: 2,
      digest: 'f64032635529922a',
    });
  });
});
