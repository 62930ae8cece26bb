import { Matches } from 'class-validator';

/** A text that PostgreSQL keeps: neither NUL nor halves of surrogate pairs. */
export function Storable(): PropertyDecorator {
  return Matches(/^[^\0\p{Cs}]*$/u, {
    message: '$property holds a character that cannot be kept (NUL or half of a character): leave it out.',
  });
}

/** A text that PostgreSQL keeps and that is not blank. */
export function Words(): PropertyDecorator {
  return Matches(/^[^\0\p{Cs}]*[^\0\s\p{Cs}][^\0\p{Cs}]*$/u, {
    message: '$property must not be blank, nor hold NUL or half of a character: write it out.',
  });
}
