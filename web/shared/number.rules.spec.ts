import { typedNumber, writtenNumber } from './number.rules.js';

it.each([
  ['en', 40_920.5, '40,920.50'],
  ['en', 38_800, '38,800'],
  ['de', 40_920.5, '40.920,50'],
  ['de', 38_800, '38.800'],
  ['de', 1_040_920.05, '1.040.920,05'],
])('reads back what it writes in %s', (where, value, written) => {
  expect(writtenNumber(value, 2, where)).toBe(written);
  expect(typedNumber(written, where)).toBe(value);
});

it.each([
  ['de', '40920.5', 40_920.5],
  ['de', '40920,5', 40_920.5],
  ['de', '38.800 €', 38_800],
  ['de-CH', '1’040’920.05', 1_040_920.05],
  ['en', '1.250', 1.25],
  ['en', '1,250', 1_250],
  ['en', '.5', 0.5],
  ['en', '-12', -12],
])('reads in %s what a hand types as %s', (where, typed, value) => {
  expect(typedNumber(typed, where)).toBe(value);
});

it.each(['', 'a lot', '.', '-'])('takes “%s” for no number', (typed) => {
  expect(typedNumber(typed, 'en')).toBeNull();
});
