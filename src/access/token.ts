import { createHash } from 'node:crypto';
import { randomToken } from '../shared/ids.js';

/** What a token is for; it stands in its prefix, so that a leaked one is recognised. */
export type TokenKind = 'tablet' | 'staff' | 'server' | 'browser';

const form = /^foyer_(tablet|staff|server|browser)_[A-Za-z0-9_-]{43}$/;

/** A new token of 256 random bits; only its hash is kept, so show it at once. */
export function mintToken(kind: TokenKind): { readonly token: string; readonly hash: Buffer } {
  const token = `foyer_${kind}_${randomToken()}`;
  return { token, hash: hashToken(token) };
}

/** What is stored and looked up: SHA-256, which needs no salt over 256 random bits. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** What a token says it is for; undefined when it has not the form of a token at all. */
export function kindOf(token: string): TokenKind | undefined {
  return form.exec(token)?.[1] as TokenKind | undefined;
}

/** The token of an `Authorization: Bearer` header. */
export function bearerToken(authorization: string): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
}
