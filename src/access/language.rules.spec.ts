import { preferredLanguage, readingLanguage } from './language.rules.js';

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

it.each([
  ['the page is in', 'de-DE', 'en', 'en', 'de'],
  ['she reads, where the page’s is not spoken', 'fr', 'de', 'en', 'de'],
  ['she reads, where no page asks', '*', 'de', 'en', 'de'],
  ['was asked for, in a tablet that nobody holds', 'fr', null, 'de', 'fr'],
  ['the tablet’s store speaks', undefined, null, 'de', 'de'],
  ['everybody speaks', undefined, null, null, 'en'],
])('serves the language that %s', (_, header, staff, tablet, language) => {
  expect(readingLanguage(header, staff, tablet)).toBe(language);
});
