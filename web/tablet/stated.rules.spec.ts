import { statedBy } from './stated.rules.js';

const phone = { identifiers: [{ kind: 'phone', value: '(030) 123456' }] };

it.each([
  ['Ada Lovelace', '', { statedName: 'Ada Lovelace' }],
  ['Ada Lovelace', '(030) 123456', { statedName: 'Ada Lovelace', ...phone }],
  ['(030) 123456', '', phone],
  ['', '(030) 123456', phone],
  ['', '', {}],
])('takes “%s” and “%s” together', (who, reach, stated) => {
  expect(statedBy(who, reach)).toEqual(stated);
});

it('says that a second number or address has no room, and that a short number reaches nobody', () => {
  expect(statedBy('ada@example.org', '(030) 123456')).toBe('twoReaches');
  expect(statedBy('Ada', '12345')).toBe('notReach');
  expect(statedBy('', 'Ada')).toBe('notReach');
});
