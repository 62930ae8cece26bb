import { TextDecoder } from 'node:util';
import { ImportFault } from './import-fault.js';

/** Encodings that a file may be said to be in; their other names are known as well. */
const knownEncodings = [
  ...['utf-8', 'utf-16le', 'utf-16be'],
  ...['windows-874', ...Array.from({ length: 9 }, (_, n) => `windows-125${n}`)],
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15].map((n) => `iso-8859-${n}`),
  ...['koi8-r', 'koi8-u', 'ibm866', 'macintosh', 'x-mac-cyrillic'],
  ...['gb18030', 'big5', 'shift_jis', 'euc-jp', 'euc-kr'],
];

/** The encoding that goes by this name, as the platform calls it. @throws ImportFault when none does. */
export function encodingCalled(name: string): string {
  try {
    return new TextDecoder(name).encoding;
  } catch {
    throw new ImportFault(`There is no encoding "${name}"; known are ${knownEncodings.join(', ')}.`);
  }
}
