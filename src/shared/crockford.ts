/** Douglas Crockford's base 32: no I, L, O or U, so that nothing typed from paper is mistaken for something else. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const bitsPerCharacter = 5n;

/** Writes bytes as base 32, most significant first, in as few characters as always hold that many bytes. */
export function toCrockford(bytes: Uint8Array): string {
  const length = Math.ceil((bytes.length * 8) / Number(bitsPerCharacter));
  let rest = BigInt(`0x${Buffer.from(bytes).toString('hex') || '0'}`);
  let text = '';
  for (let place = 0; place < length; place += 1) {
    text = alphabet.charAt(Number(rest & 31n)) + text;
    rest >>= bitsPerCharacter;
  }
  return text;
}

/**
 * What somebody typed, as base 32: case, spaces and dashes do not matter, O is 0, I and L are 1.
 * Undefined when a character cannot be one of ours.
 */
export function fromTyped(text: string): string | undefined {
  const tidy = text
    .replace(/[\s\-‐-―_.]/gu, '')
    .toUpperCase()
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  return /^[0-9A-HJKMNP-TV-Z]+$/.test(tidy) ? tidy : undefined;
}

/** Doubles in the field of 32 elements made with x⁵ + x² + 1. */
function double(element: number): number {
  return element & 16 ? ((element << 1) ^ 0b100101) & 31 : element << 1;
}

/** The weighted sum of the digits in that field, the last digit weighing one; zero for a text that checks. */
function checksum(text: string): number {
  let sum = 0;
  for (const character of text) sum = double(sum) ^ alphabet.indexOf(character);
  return sum;
}

/** Adds the character by which any one mistyped character and any two swapped ones are noticed (up to 31 characters). */
export function withCheck(text: string): string {
  return text + alphabet.charAt(double(checksum(text)));
}

/** Whether a text ends in the character that `withCheck` would have added. */
export function checks(text: string): boolean {
  return text.length > 1 && checksum(text) === 0;
}
