import { preferredLanguage } from './language.rules.js';

it.each([
  ['de-CH,de;q=0.9,en;q=0.8', 'de'],
  ['en;q=0.4, fr;q=0.9', 'fr'],
  ['*', undefined],
  ['', undefined],
  [undefined, undefined],
  ['de;q=0', undefined],
  ['not a language', undefined],
  ['EN-us', 'en'],
])('reads %s as %s', (header, language) => {
  expect(preferredLanguage(header)).toBe(language);
});
