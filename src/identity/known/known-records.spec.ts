import { model } from '../evidence/model.js';
import { blockingKeys } from '../evidence/blocking.rules.js';
import { profileOf } from '../evidence/profile.rules.js';
import { matchKey } from '../record/match-keys.js';
import { type KnownRecord, KnownRecords, mostKnown } from './known-records.js';

const gigabyte = 1024 ** 3;

it.each([
  [0.5, 157_903],
  [1, 315_806],
  [64, 550_000],
])('with %s GB of memory at most %s records are known', (memory, most) => {
  expect(mostKnown(memory * gigabyte)).toBe(most);
});

function known(id: string, birthDate: string, keys?: number[]): KnownRecord {
  const traits = { givenName: 'Ada', familyName: 'Lovelace', birthDate, postalCode: '10115' };
  const profile = profileOf({ traits, country: 'DE', identifiers: [], year: 2026 });
  return { id, trusted: true, profile, keys: keys ?? [...new Set(blockingKeys(profile).map(matchKey))] };
}

it('a record that changes is met by the keys it has now, and by none that it had', () => {
  const records = new KnownRecords();
  const [before, after] = [known('a', '1985-12-10'), known('a', '1960-02-03')];
  expect([records.note(before), records.note(known('b', '1985-12-10')), records.note(after)]).toEqual([
    true,
    true,
    true,
  ]);
  const lost = before.keys.filter((key) => !after.keys.includes(key));
  expect(lost.length).toBeGreaterThan(0);
  for (const key of lost) expect(records.holdersOf([key]).get(key)).toEqual({ count: 1, ids: ['b'] });
  for (const key of after.keys) expect(records.holdersOf([key]).get(key)?.ids).toContain('a');
});

it('a record that an earlier version gave other keys cannot be told to have changed', () => {
  const records = new KnownRecords();
  records.note(known('a', '1985-12-10', [2, 4]));
  expect(records.note(known('a', '1960-02-03'))).toBe(false);
});

it('sets apart whom a sketch can tell apart, and nobody of whom nothing is known', () => {
  const records = new KnownRecords();
  records.note(known('a', '1985-12-10'));
  const other = profileOf({
    traits: { givenName: 'Zoltan', familyName: 'Kovacs', birthDate: '1960-02-03', postalCode: '80331' },
    country: 'DE',
    identifiers: [],
    year: 2026,
  });
  const own = new Map([
    ['c', { trusted: true, profile: other }],
    ['d', { trusted: true, profile: known('d', '1985-12-10').profile }],
  ]);
  const pairs: [string, string][] = [
    ['c', 'a'],
    ['d', 'a'],
    ['c', 'gone'],
  ];
  expect(records.narrow(pairs, own, model)).toEqual([pairs[1], pairs[2]]);
});
