import { createPublicKey, timingSafeEqual, verify, type JsonWebKey } from 'node:crypto';
import { minutes } from '../../shared/clock.js';
import { randomToken } from '../../shared/ids.js';
import type { Keys } from '../../shared/keys.js';

const validFor = minutes(1);

/** A text for one tablet to sign now. The server keeps nothing: it recognises its own by HMAC. */
export function challengeFor(keys: Keys, tabletId: string, now: Date): string {
  const text = `${keys.currentId}.${now.getTime()}.${randomToken(12)}`;
  return `${text}.${markOf(keys, tabletId, text) ?? ''}`;
}

/** Whether this is a challenge that was made for this tablet within the last minute, by a process whose clock may be as far from this one's. */
export function isOurs(keys: Keys, tabletId: string, challenge: string, now: Date): boolean {
  const at = challenge.lastIndexOf('.');
  const text = challenge.slice(0, Math.max(at, 0));
  const mark = Buffer.from(challenge.slice(at + 1));
  const genuine = Buffer.from(markOf(keys, tabletId, text) ?? '');
  if (genuine.length === 0 || genuine.length !== mark.length || !timingSafeEqual(genuine, mark)) return false;
  const age = now.getTime() - Number(text.split('.')[1]);
  return Math.abs(age) <= validFor;
}

/** Whether the holder of the private key signed the challenge: ECDSA P-256 with SHA-256 as WebCrypto writes it (IEEE P1363). */
export function isSigned(publicKey: JsonWebKey, challenge: string, signature: string): boolean {
  const key = createPublicKey({ key: publicKey, format: 'jwk' });
  return verify('sha256', Buffer.from(challenge), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64'));
}

/** The public part of a P-256 key and nothing else; undefined when it is none. */
export function p256(key: unknown): JsonWebKey | undefined {
  const { kty, crv, x, y } = (key ?? {}) as JsonWebKey;
  if (kty !== 'EC' || crv !== 'P-256' || typeof x !== 'string' || typeof y !== 'string') return undefined;
  try {
    createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' });
    return { kty, crv, x, y };
  } catch {
    return undefined;
  }
}

function markOf(keys: Keys, tabletId: string, text: string): string | undefined {
  return keys.sign('tablet-challenge', `${tabletId}\n${text}`, text.split('.')[0])?.toString('base64url');
}
