import { dayName } from './day-name.rules.js';

const ada = [{ givenName: 'Ada', familyName: 'Lovelace' }];

describe('the name in the list of a day', () => {
  it.each([
    ['CONFIRMED', null, ada, 'Ada L.'],
    ['CONFIRMED', 'Grey coat', ada, 'Ada L.'],
    ['CONFIRMED', null, [{}, { name: 'Grace Brewster Hopper' }], 'Grace H.'],
    ['CONFIRMED', 'Grey coat', null, 'Grey coat'],
    ['CLAIMED', null, ada, 'Ada'],
    ['DISPUTED', 'Grey coat', ada, 'Grey coat'],
    ['DISPUTED', null, ada, null],
    ['ANONYMOUS', null, ada, null],
  ] as const)('of a visitor who is %s, called %s, is short', (recognition, calledName, names, said) => {
    expect(dayName({ recognition, calledName, names: names && [...names] })).toBe(said);
  });
});
