import { createHash } from 'node:crypto';
import { toCrockford } from '../shared/crockford.js';
import { randomOctets } from '../shared/ids.js';

/** A fresh page pass: 128 bits nobody can guess, in 26 characters. */
export function freshPassCode(): string {
  return toCrockford(randomOctets(16));
}

/** What is stored of a pass: SHA-256 suffices, because 128 random bits cannot be tried out. */
export function passHash(code: string): Buffer {
  return createHash('sha256').update(code).digest();
}

/** The URL behind the QR code, in upper case so that it is drawn in the compact alphanumeric mode. */
export function passUrl(origin: string, code: string): string {
  return `${origin}/P/${code}`.toUpperCase();
}
