import { bearerToken, hashToken, kindOf, mintToken } from './token.js';

it('makes tokens that say what they are for and never repeat', () => {
  const one = mintToken('tablet');
  const other = mintToken('tablet');
  expect(one.token).not.toBe(other.token);
  expect(kindOf(one.token)).toBe('tablet');
  expect(one.hash).toEqual(hashToken(one.token));
  expect(one.hash).toHaveLength(32);
});

it.each([
  '',
  'foyer_tablet_',
  'foyer_owner_'.padEnd(55, 'x'),
  `foyer_tablet_${'x'.repeat(44)}`,
  `x${mintToken('staff').token}`,
])('does not take %s for a token', (text) => {
  expect(kindOf(text)).toBeUndefined();
});

it.each([
  ['Bearer abc', 'abc'],
  ['bearer   abc ', 'abc'],
  ['Basic abc', undefined],
  ['abc', undefined],
  ['Bearer a b', undefined],
])('reads the token of "%s"', (header, token) => {
  expect(bearerToken(header)).toBe(token);
});
