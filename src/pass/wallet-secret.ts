import { timingSafeEqual } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import type { Keys } from '../shared/keys.js';
import { codeDigits, startOfStep, stepSeconds } from './wallet-code.rules.js';

/** Bytes of a secret for HMAC-SHA-1, as RFC 4226 recommends. */
const secretBytes = 20;

/** The secret of a wallet pass, from its id and the key named in its row; undefined when that key has left the ring. */
export function walletSecret(keys: Keys, id: string, keyId: string): Buffer | undefined {
  return keys.sign('wallet', id, keyId)?.subarray(0, secretBytes);
}

/** The digits of a step (RFC 6238 with SHA-1, as Google Wallet computes them). */
export function walletDigits(secret: Buffer, step: number): string {
  return TOTP.generate({
    secret: new Secret({ buffer: Uint8Array.from(secret).buffer }),
    algorithm: 'SHA1',
    digits: codeDigits,
    period: stepSeconds,
    timestamp: startOfStep(step).getTime(),
  });
}

/** Whether these are the digits of a step; the time it takes tells nothing of how near they came. */
export function provesStep(secret: Buffer, step: number, digits: string): boolean {
  const genuine = Buffer.from(walletDigits(secret, step));
  const shown = Buffer.from(digits);
  return genuine.length === shown.length && timingSafeEqual(genuine, shown);
}
