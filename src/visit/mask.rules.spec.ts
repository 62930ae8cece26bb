import { maskName } from './mask.rules.js';

describe('a masked name', () => {
  it.each([
    [{ givenName: 'Alexandra', familyName: 'Lovelace' }, 'Al… L…'],
    [{ givenName: 'Ada', familyName: 'Li' }, 'A… L…'],
    [{ name: 'Grace Hopper' }, 'Gr… H…'],
    [{ name: 'Ada' }, 'A…'],
    [{ givenName: 'Ada', name: 'Ada Lovelace' }, 'A…'],
    [{ name: ' 𝒜𝒹𝒶 ' }, '𝒜…'],
  ])('of %j is %p', (name, masked) => expect(maskName(name)).toBe(masked));

  it('is none where there is no name', () => expect(maskName({ name: '  ' })).toBeUndefined());
});
