import { timingSafeEqual } from 'node:crypto';
import type { KeyPurpose, Keys } from '../shared/keys.js';

const idBytes = 16;
const macBytes = 16;

/** What such a token opens: a customer's own page, or the page of her wallet pass. */
type Opens = Extract<KeyPurpose, 'link' | 'wallet-page'>;

/**
 * The secret part of a link: the id of its row and 128 bits of HMAC, as base64url.
 * Undefined when the key that made the link has left the ring.
 */
export function linkToken(keys: Keys, id: string, keyId: string, purpose: Opens = 'link'): string | undefined {
  const mac = keys.sign(purpose, id, keyId)?.subarray(0, macBytes);
  return mac && Buffer.concat([Buffer.from(id.replaceAll('-', ''), 'hex'), mac]).toString('base64url');
}

/** The id of the row that a token claims to open, which is so only if it `opens` it; undefined when it is no token. */
export function linkId(token: string): string | undefined {
  if (!/^[A-Za-z0-9_-]{43}$/.test(token)) return undefined;
  const hex = Buffer.from(token, 'base64url').subarray(0, idBytes).toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Whether the token is the one made for this row; the time it takes tells nothing of how near it came. */
export function opens(keys: Keys, token: string, id: string, keyId: string, purpose: Opens = 'link'): boolean {
  const genuine = Buffer.from(linkToken(keys, id, keyId, purpose) ?? '');
  const shown = Buffer.from(token);
  return genuine.length > 0 && genuine.length === shown.length && timingSafeEqual(genuine, shown);
}
