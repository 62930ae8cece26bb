import { randomBytes, randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

/** Random bytes are fetched for many ids at once: asking the system costs more than all the rest of an id. */
const random = Buffer.alloc(4096);
let used = random.length;

/** The time and the count in it of the last id; ids of one thread are strictly increasing. */
const last = { msecs: 0, seq: 0 };

/** A new row's id: UUIDv7, so that ids sort by the time they were made. */
export function newId(): string {
  if (used === random.length) {
    randomFillSync(random);
    used = 0;
  }
  const bytes = random.subarray(used, (used += 16));
  const now = Date.now();
  if (now > last.msecs) {
    last.msecs = now;
    // The upper half is left to count in.
    last.seq = bytes.readUInt32BE(6) >>> 1;
  } else {
    last.seq += 1;
  }
  return v7({ random: bytes, ...last });
}

/** A secret nobody can guess, as URL-safe text; 32 bytes (256 bits) unless told otherwise. */
export function randomToken(bytes = 32): string {
  return randomBytes(bytes).toString('base64url');
}

/** Uniform random bytes from the system's generator. */
export function randomOctets(bytes: number): Buffer {
  return randomBytes(bytes);
}
