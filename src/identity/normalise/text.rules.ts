import anyAscii from 'any-ascii';

/** Greek sounds that letter-by-letter transliteration would tear apart. */
const greek: [RegExp, string][] = [
  [/ου/g, 'ou'],
  [/μπ/g, 'b'],
  [/[αά]υ/g, 'av'],
  [/[εέ]υ/g, 'ev'],
  [/υ/g, 'y'],
];

/**
 * Letters reduced to plain lower-case Latin, so that Müller, MUELLER and Mueller, or Παππάς and Pappas, compare
 * equal: any script is transliterated and the digraphs that stand for umlauts are folded.
 */
export function fold(text: string): string {
  if (!/[^\x20-\x7e]/.test(text)) return withoutDigraphs(text.toLowerCase());
  let plain = text.normalize('NFKC').toLowerCase();
  // Anything beyond Latin-1 and ASCII apostrophes is rare enough to look at one by one.
  if (/[\u0370-\u03ff\u1f00-\u1fff]/.test(plain)) {
    plain = plain
      .normalize('NFD')
      .replace(/[\u0301\u0300\u0342\u0313\u0314]/g, '')
      .normalize('NFC');
    for (const [sound, latin] of greek) plain = plain.replace(sound, latin);
  }
  if (/[^\x20-\x7e]/.test(plain)) plain = anyAscii(plain).toLowerCase();
  return withoutDigraphs(plain);
}

function withoutDigraphs(plain: string): string {
  return plain.replace(/([aou])e/g, '$1');
}

/** The words of a text, folded: letters and digits only, apostrophes joined (O'Neil is one word). */
export function words(text: string): string[] {
  return fold(text)
    .replace(/['`´’]/g, '')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}
