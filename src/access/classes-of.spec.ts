import { doorsWithoutAllow } from './allow-check.js';
import { classesOf } from './classes-of.js';

it('finds the classes of a file that exports arrow functions and values, too', () => {
  class Door {}
  const found = classesOf([{ Door, most: 3, wide: () => 3, none: null }]);
  expect(found).toEqual([Door]);
  expect(found.flatMap(({ prototype }) => doorsWithoutAllow(prototype as object))).toEqual([]);
});
