import { create, toString } from 'qrcode';

/** Characters of alphanumeric mode that version 3 (29 × 29 modules) holds at each level, firmest first (ISO/IEC 18004, table 7). */
const versionThree = [
  ['H', 35],
  ['Q', 47],
  ['M', 61],
  ['L', 77],
] as const;

/** The firmest error correction with which a text still fits version 3; M in a larger code when none does. */
export function qrLevel(text: string): 'L' | 'M' | 'Q' | 'H' {
  const fits = versionThree.find(([, most]) => text.length <= most);
  return fits && /^[0-9A-Z $%*+\-./:]*$/.test(text) ? fits[0] : 'M';
}

/** Edge length of a text's code in versions of four modules: 1 is 21 × 21, 3 is 29 × 29. */
export function qrVersion(text: string): number {
  return create(text, { errorCorrectionLevel: qrLevel(text) }).version;
}

/** The QR code as an SVG picture, dark on white in every colour scheme because scanners need it so. */
export function drawQr(text: string): Promise<string> {
  return toString(text, { type: 'svg', errorCorrectionLevel: qrLevel(text), margin: 4 });
}
