import { parseName } from '../normalise/name.rules.js';
import type { Traits } from '../record/observation.js';
import { identifierKinds } from '../identifier-kinds.js';
import { isUnusable } from '../identifier.js';
import { model } from './model.js';
import { type Profile, profileOf } from './profile.rules.js';
import { compare, weigh } from './score.rules.js';

type Said = Traits & { country?: string };

function profile({ country = 'DE', ...traits }: Said): Profile {
  const held = (kind: string, value: string | undefined) => {
    const outcome = value === undefined ? undefined : identifierKinds.get(kind)?.normalise(value, { country });
    return outcome && !isUnusable(outcome) ? [{ kind, key: outcome.key }] : [];
  };
  const identifiers = [...held('email', traits.email), ...held('phone', traits.phone)];
  return profileOf({ traits, country, identifiers, year: 2026 });
}

function weight(a: Said, b: Said): number {
  return weigh(compare(profile(a), profile(b), model), model);
}

const home = { street: 'Hauptstr. 12', postalCode: '10115', locality: 'Berlin' };

describe('the machine joins', () => {
  it.each<[string, Said, Said]>([
    [
      'a slip in the name and the same birth date',
      { name: 'Lovelace, Ada', birthDate: '1985-12-10' },
      { givenName: 'ADA', familyName: 'Lovelase', birthDate: '10.12.1985' },
    ],
    [
      'exchanged names at one address',
      { givenName: 'Winkelmann', familyName: 'Theresa', ...home },
      { name: 'Theresa Winkelmann', ...home },
    ],
    [
      'a pet name and the same phone',
      { name: 'Bill Winterbottom', country: 'GB', phone: '020 7946 0958' },
      { name: 'William Winterbottom', phone: '+44 20 7946 0958' },
    ],
    [
      'umlauts and another script',
      { name: 'Jürgen Müllner', ...home },
      { name: 'Juergen Muellner', street: 'Hauptstraße 12', postalCode: '10115' },
    ],
    [
      'day and month exchanged',
      { name: 'Theresa Winkelmann', birthDate: '1985-12-10' },
      { name: 'Theresa Winkelmann', birthDate: '1985-10-12' },
    ],
  ])('%s', (_, a, b) => {
    expect(weight(a, b)).toBeGreaterThanOrEqual(model.automatic);
    expect(weight(b, a)).toBe(weight(a, b));
  });
});

describe('the machine does not join', () => {
  it.each<[string, Said, Said]>([
    [
      'twins',
      { name: 'Anna Winkelmann', birthDate: '1990-05-05', ...home },
      { name: 'Lena Winkelmann', birthDate: '1990-05-05', ...home },
    ],
    [
      'father and son of one name',
      { name: 'Theo Winkelmann', birthDate: '1950-03-02', ...home },
      { name: 'Theo Winkelmann', birthDate: '1979-08-17', ...home },
    ],
    [
      'father and son, told apart by Jr',
      { name: 'Theo Winkelmann Jr', ...home },
      { name: 'Theo Winkelmann Sr', ...home },
    ],
    [
      'a couple at home',
      { name: 'Anna Winkelmann', phone: '030 901820', ...home },
      { name: 'Bernd Winkelmann', phone: '030 901820', ...home },
    ],
    [
      'a couple whose names are one letter apart',
      { name: 'Andrea Winkelmann', ...home },
      { name: 'Andreas Winkelmann', ...home },
    ],
    [
      'namesakes in one town',
      { name: 'Thomas Müller', locality: 'Berlin' },
      { name: 'Thomas Müller', locality: 'Berlin' },
    ],
    [
      'two of one family whose short names, boxes and phone are one letter apart',
      { name: 'Bea Brand', email: 'bea@example.org', phone: '030 12345678' },
      { name: 'Ben Brand', email: 'ben@example.org', phone: '030 12345678' },
    ],
    ...['Jan Jon', 'Tim Tom', 'Ana Ada', 'Lena Lina', 'Marta Marit', 'Julia Julian', 'Ivo Ivi'].map(
      (names): [string, Said, Said] => {
        const [a, b] = names.split(' ').map((givenName) => ({
          name: `${givenName} Winkelmann`,
          email: `${givenName}.winkelmann@example.org`,
          phone: '030 901820',
          ...home,
        }));
        return [`${names}, brothers and sisters`, a as Said, b as Said];
      },
    ),
    [
      'a couple with one landline, one mail box and one home, born within a year',
      { name: 'Karin Winkelmann', email: 'familie@example.org', phone: '030 901820', birthDate: '1980-05-12', ...home },
      { name: 'Bernd Winkelmann', email: 'familie@example.org', phone: '030 901820', birthDate: '1981-05-12', ...home },
    ],
    [
      'twins known by their phone only',
      { name: 'Karin Winkelmann', phone: '030 901820', birthDate: '1980-05-12' },
      { name: 'Maren Winkelmann', phone: '030 901820', birthDate: '1980-05-12' },
    ],
    ['a name alone', { name: 'Theresa Winkelmann' }, { name: 'Theresa Winkelmann' }],
    [
      'a household without first names',
      { familyName: 'Winkelmann', phone: '030 901820', ...home },
      { familyName: 'Winkelmann', phone: '030 901820', ...home },
    ],
    [
      'birth dates that forms fill in',
      { name: 'Thomas Müller', birthDate: '1900-01-01' },
      { name: 'Thomas Müller', birthDate: '1900-01-01' },
    ],
    [
      'birth dates to come',
      { name: 'Thomas Müller', birthDate: '2090-02-03' },
      { name: 'Thomas Müller', birthDate: '2090-02-03' },
    ],
    ['nothing said', { name: 'N/A', street: '-', locality: 'x' }, { name: 'N/A', street: '-', locality: 'x' }],
  ])('%s', (_, a, b) => {
    expect(weight(a, b)).toBeLessThan(model.automatic);
  });
});

it('finds the same from either side, exchanged names and slips and all', () => {
  const a = profile({ givenName: 'Thomson', familyName: 'Holly', birthDate: '1985-05-21' });
  const b = profile({ givenName: 'Holy', familyName: 'Thomson', birthDate: '1985-05-21' });
  expect(compare(b, a, model)).toEqual(compare(a, b, model));
});

describe('names', () => {
  it.each([
    ['Dr. Ada von der Heide', { given: ['ada'], family: ['von', 'der', 'heide'] }],
    ['García López, María', { given: ['maria'], family: ['garcia', 'lopez'] }],
    ['Theo Winkelmann Jr', { given: ['theo'], family: ['winkelmann'], generation: 'jr' }],
    ['Γιώργος Παππάς', { given: ['giorgos'], family: ['pappas'] }],
    ['Łukasz Żółć', { given: ['lukasz'], family: ['zolc'] }],
    ['Юлия Щербакова', { given: ['yuliya'], family: ['shcherbakova'] }],
    ['Jürgen Groß', { given: ['jurgen'], family: ['gross'] }],
  ])('%s', (name, expected) => {
    expect(parseName({ name })).toEqual(expected);
  });
});
