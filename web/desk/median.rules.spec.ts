import { median } from './median.rules.js';

it.each([
  [[], null],
  [[40], 40],
  [[900, 0], 450],
  [[900, 0, 60], 60],
  [[100, 20, 3, 1000], 60],
])('takes the middle of %j: %j', (numbers, middle) => expect(median(numbers)).toBe(middle));
