import { blockingKeys, isWeakKind, meetingWeight } from '../evidence/blocking.rules.js';
import { model } from '../evidence/model.js';
import type { Profile } from '../evidence/profile.rules.js';
import { compare } from '../evidence/score.rules.js';
import { identifierKinds as kinds } from '../identifier-kinds.js';
import { absorb, blankRecord, liveRecord, profileOfRecord } from '../record/record.rules.js';
import type { Traits } from '../record/observation.js';
import { withoutLookAlikes } from './look-alikes.rules.js';
import { partition } from './partition.rules.js';

interface Told extends Traits {
  userId?: string;
  loyalty?: string;
  device?: string;
}

const source = { id: 'till', code: 'till', trusted: true, country: 'DE' };
const home = { street: 'Hauptstr. 12', postalCode: '10115', locality: 'Berlin' };

/** Whose records are whose, when the till tells them: by index, as in `0+1`. */
function customers(...told: Told[]): string[] {
  const records = told.map(({ userId, loyalty, device, ...traits }, index) => {
    const held = { email: traits.email, phone: traits.phone, account: userId, loyalty, device };
    const identifiers = Object.entries(held).flatMap(([kind, value]) =>
      value === undefined ? [] : [{ kind, value, asserted: true }],
    );
    const at = { source, sourceKey: String(index).padStart(3, '0'), occurredAt: new Date(Date.UTC(2026, 0, 1)) };
    const observation = { ...at, identifiers, traits };
    return absorb(blankRecord(at.sourceKey, observation), observation, kinds);
  });
  const meetings = new Map<string, string[]>();
  for (const record of records) {
    for (const { kind, text } of blockingKeys(profileOfRecord(record)))
      meetings.set(`${kind} ${text}`, [...(meetings.get(`${kind} ${text}`) ?? []), record.id]);
  }
  const met = new Map<string, number>();
  for (const [key, ids] of meetings) {
    const weight = meetingWeight(isWeakKind(key.slice(0, key.indexOf(' '))), ids.length);
    for (const [index, lo] of ids.entries())
      for (const hi of ids.slice(index + 1)) met.set(`${lo} ${hi}`, (met.get(`${lo} ${hi}`) ?? 0) + weight);
  }
  const pairs = [...met].flatMap(([pair, weight]) => (weight >= 1 ? [pair] : []));
  const profiles = new Map(records.map((record) => [record.id, profileOfRecord(record)]));
  const edges = pairs.map((pair) => {
    const [lo, hi] = pair.split(' ') as [string, string];
    return { lo, hi, evidence: compare(profiles.get(lo) as Profile, profiles.get(hi) as Profile, model) };
  });
  const live = records.map(liveRecord);
  const world = { records: live, edges: withoutLookAlikes(edges, model), judgements: [], blocked: new Set<string>() };
  return partition({ ...world, kinds, model }).clusters.map((ids) => ids.map(Number).join('+'));
}

describe('two people stay two customers', () => {
  const phone = '+49 30 12345678';
  it.each<[string, Told, Told]>([
    [
      'Bea and Ben, one letter apart in name and mail box, on one phone',
      { userId: 'bea', givenName: 'Bea', familyName: 'Brand', email: 'bea@example.org', phone, loyalty: 'L-2002' },
      { userId: 'ben', givenName: 'Ben', familyName: 'Brand', email: 'ben@example.org', phone },
    ],
    [
      'twins',
      { name: 'Karin Winkelmann', birthDate: '1990-05-05', phone, email: 'familie@example.org', ...home },
      { name: 'Maren Winkelmann', birthDate: '1990-05-05', phone, email: 'familie@example.org', ...home },
    ],
    [
      'a couple with one landline, one mail box and one browser',
      { name: 'Karin Winkelmann', phone, email: 'familie@example.org', device: 'browser-1', ...home },
      { name: 'Bernd Winkelmann', phone, email: 'familie@example.org', device: 'browser-1', ...home },
    ],
    [
      'father and son of one name on the phone at home',
      { name: 'Theo Winkelmann', birthDate: '1950-03-02', phone, ...home },
      { name: 'Theo Winkelmann', birthDate: '1979-08-17', phone, ...home },
    ],
    [
      'brothers with similar names',
      { name: 'Tim Winkelmann', phone, email: 'tim.winkelmann@example.org', ...home },
      { name: 'Tom Winkelmann', phone, email: 'tom.winkelmann@example.org', ...home },
    ],
    [
      'the old and the new owner of a recycled number',
      { name: 'Karin Winkelmann', phone, locality: 'Berlin' },
      { name: 'Oskar Petersen', phone, locality: 'Hamburg' },
    ],
    [
      'namesakes of one home with a login each',
      { userId: 'theo-1', name: 'Theo Winkelmann', ...home },
      { userId: 'theo-2', name: 'Theo Winkelmann', ...home },
    ],
  ])('%s', (_, one, other) => {
    expect(customers(one, other)).toEqual(['0', '1']);
    expect(customers(other, one)).toEqual(['0', '1']);
  });

  it('though a record with an initial fits both', () => {
    const [bea, ben, initial] = ['Beate', 'Bernd', 'B'].map((givenName) => ({
      givenName,
      familyName: 'Brand',
      ...home,
    }));
    const joined = customers(bea as Told, ben as Told, initial as Told);
    expect(joined).not.toContain('0+1+2');
    expect(joined).not.toContain('0+1');
  });

  it('though staff type their own address for whoever has none', () => {
    const names = ['Karin Winkelmann', 'Oskar Petersen', 'Theo Brand', 'Lena Arnold'];
    expect(customers(...names.map((name) => ({ name, email: 'kim@example.org' })))).toHaveLength(4);
  });

  it('though one phone stands on 500 records', () => {
    const people = Array.from({ length: 500 }, (_, n) => ({ name: `Karin ${letters(n)}`, phone }));
    expect(customers(...people)).toHaveLength(500);
  });
});

describe('one person is one customer', () => {
  it.each<[string, Told, Told]>([
    [
      'with a slip in a long first name',
      { name: 'Theresa Winkelmann', phone: '030 901820', ...home },
      { name: 'Therese Winkelman', phone: '030 901820', ...home },
    ],
    [
      'with two logins and one mail box',
      { userId: 'a', name: 'Karin Winkelmann', email: 'karin@example.org' },
      { userId: 'b', name: 'Karin Winkelmann', email: 'karin@example.org' },
    ],
    [
      'in two spellings',
      { name: 'Eric Winkelmann', phone: '030 901820', ...home },
      { name: 'Erik Winkelmann', phone: '030 901820', ...home },
    ],
  ])('%s', (_, one, other) => {
    expect(customers(one, other)).toEqual(['0+1']);
  });
});

function letters(n: number): string {
  return [...String(n).padStart(3, '0')].map((digit) => `${'bcdfghklmn'.charAt(Number(digit))}a`).join('');
}
