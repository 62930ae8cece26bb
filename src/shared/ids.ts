import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';

/** A new row's id: UUIDv7, so that ids sort by the time they were made. */
export function newId(): string {
  return v7();
}

/** A secret nobody can guess, as URL-safe text; 32 bytes (256 bits) unless told otherwise. */
export function randomToken(bytes = 32): string {
  return randomBytes(bytes).toString('base64url');
}

/** Uniform random bytes from the system's generator. */
export function randomOctets(bytes: number): Buffer {
  return randomBytes(bytes);
}
