import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Keys } from '../shared/keys.js';

/**
 * Proof that the shop's own server vouches for a user id which its page sends: HMAC-SHA-256 over the id, in hex,
 * under a secret that only that server and we know. With it a browser's claim becomes an assertion.
 */
@Injectable()
export class UserSignatures {
  constructor(private readonly keys: Keys) {}

  /** The secret of a source, in hex, as `npx foyer source add` prints it. */
  secretOf(sourceId: string): string {
    return this.secret(sourceId, this.keys.currentId)?.toString('hex') ?? '';
  }

  /** Whether a signature is that of this source for this user id, under any key of the ring. */
  vouches(sourceId: string, userId: string, signature: string): boolean {
    const shown = Buffer.from(signature, 'hex');
    return this.keys.ids.some((id) => {
      const secret = this.secret(sourceId, id);
      if (secret === undefined) return false;
      const expected = createHmac('sha256', secret.toString('hex')).update(userId).digest();
      return shown.length === expected.length && timingSafeEqual(shown, expected);
    });
  }

  private secret(sourceId: string, keyId: string): Buffer | undefined {
    return this.keys.derive(`user-signature:${sourceId}`, keyId);
  }
}
