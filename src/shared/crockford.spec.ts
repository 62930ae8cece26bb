import fc from 'fast-check';
import { checks, fromTyped, toCrockford, withCheck } from './crockford.js';

const digit = fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ');
const body = fc.array(digit, { minLength: 8, maxLength: 8 }).map((digits) => digits.join(''));

describe('base 32 that is typed by hand', () => {
  it('writes 128 bits in 26 characters and 40 bits in 8', () => {
    expect(toCrockford(new Uint8Array(16).fill(255))).toBe(`7${'Z'.repeat(25)}`);
    expect(toCrockford(new Uint8Array(5))).toBe('00000000');
    expect(toCrockford(Uint8Array.of(0, 0, 0, 0, 33))).toBe('00000011');
  });

  it('forgives case, spaces, dashes and look-alikes', () => {
    expect(fromTyped(' k7o-il 9z ')).toBe('K70119Z');
    expect(fromTyped('k7u')).toBeUndefined();
    expect(fromTyped('äöü')).toBeUndefined();
    expect(fromTyped('')).toBeUndefined();
  });

  it('notices every single mistyped character', () => {
    fc.assert(
      fc.property(body, fc.nat(8), digit, (text, place, other) => {
        const code = withCheck(text);
        const typed = code.slice(0, place) + other + code.slice(place + 1);
        expect(checks(code)).toBe(true);
        expect(checks(typed)).toBe(typed === code);
      }),
    );
  });

  it('notices any two characters swapped', () => {
    fc.assert(
      fc.property(body, fc.nat(8), fc.nat(8), (text, a, b) => {
        const characters = [...withCheck(text)];
        const first = characters[a] ?? '';
        const second = characters[b] ?? '';
        characters[a] = second;
        characters[b] = first;
        expect(checks(characters.join(''))).toBe(first === second);
      }),
    );
  });
});
