import { model } from '../evidence/model.js';
import { compare } from '../evidence/score.rules.js';
import { absorb, blankRecord, profileOfRecord } from '../record/record.rules.js';
import type { Traits } from '../record/observation.js';
import { identifierKinds as kinds } from '../identifier-kinds.js';
import { householdEvidence } from './household.rules.js';

const source = { id: 'till', code: 'till', trusted: true, country: 'DE' };
const home = { street: 'Hauptstr. 12', postalCode: '10115', locality: 'Berlin' };

function shared(one: Traits, other: Traits): string[] {
  const [a, b] = [one, other].map((traits, index) => {
    const held = { email: traits.email, phone: traits.phone };
    const identifiers = Object.entries(held).flatMap(([kind, value]) =>
      value === undefined ? [] : [{ kind, value, asserted: true }],
    );
    const observation = {
      source,
      sourceKey: String(index),
      identifiers,
      traits,
      occurredAt: new Date(Date.UTC(2026, 0, 1)),
    };
    return profileOfRecord(absorb(blankRecord(String(index), observation), observation, kinds));
  });
  if (!a || !b) throw new Error('Two records are compared.');
  return householdEvidence(compare(a, b, model)).map(({ field }) => field);
}

describe('a household', () => {
  const phone = '030 901820';
  it.each<[string, Traits, Traits]>([
    ['a couple of one name and address', { name: 'Karin Winkelmann', ...home }, { name: 'Bernd Winkelmann', ...home }],
    ['a couple of two names', { name: 'Karin Winkelmann', phone, ...home }, { name: 'Oskar Petersen', phone, ...home }],
    [
      'twins',
      { name: 'Karin Winkelmann', birthDate: '1990-05-05', ...home },
      { name: 'Maren Winkelmann', birthDate: '1990-05-05', ...home },
    ],
    [
      'father and son of one name',
      { name: 'Theo Winkelmann', birthDate: '1950-03-02', phone, ...home },
      { name: 'Theo Winkelmann', birthDate: '1979-08-17', phone, ...home },
    ],
  ])('is %s', (_, one, other) => {
    expect(shared(one, other)).not.toEqual([]);
  });

  it.each<[string, Traits, Traits]>([
    ['one person twice', { name: 'Karin Winkelmann', ...home }, { name: 'Karin Winkelmann', ...home }],
    ['namesakes', { name: 'Karin Winkelmann' }, { name: 'Bernd Winkelmann' }],
    ['neighbours', { name: 'Karin Winkelmann', ...home }, { name: 'Oskar Petersen', ...home }],
    ['the next owner of a number', { name: 'Karin Winkelmann', phone }, { name: 'Oskar Petersen', phone }],
    [
      'a family name at one street address in two towns',
      { name: 'Karin Winkelmann', ...home },
      { name: 'Bernd Winkelmann', ...home, postalCode: '80331', locality: 'München' },
    ],
  ])('is not %s', (_, one, other) => {
    expect(shared(one, other)).toEqual([]);
  });
});
