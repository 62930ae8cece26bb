import { canonicalOrigin, mayUseFrom } from './origin.rules.js';

const own = 'https://foyer.example';
const listed = ['https://shop.example', 'https://*.brand.example', 'http://localhost:8080'];

it.each([
  ['https://shop.example', true],
  ['https://shop.example:8443', false],
  ['http://shop.example', false],
  ['https://www.shop.example', false],
  ['https://shop.example.evil.example', false],
  ['https://de.brand.example', true],
  ['https://a.de.brand.example', true],
  ['https://brand.example', false],
  ['https://evilbrand.example', false],
  ['http://de.brand.example', false],
  ['http://localhost:8080', true],
  ['https://foyer.example', true],
  ['null', false],
  ['', false],
  ['https://shop.example/path', false],
  [undefined, false],
])('lets a page of %s use the key: %s', (origin, may) => {
  expect(mayUseFrom(origin, listed, own)).toBe(may);
});

it.each([
  ['https://Shop.example/', 'https://shop.example'],
  ['https://shop.example:443', 'https://shop.example'],
  ['https://*.Shop.example', 'https://*.shop.example'],
  ['shop.example', undefined],
  ['https://shop.example/page', undefined],
  ['*', undefined],
  ['https://*', undefined],
])('keeps %s in a list as %s', (text, origin) => {
  expect(canonicalOrigin(text)).toBe(origin);
});
