import { checks, fromTyped } from '../shared/crockford.js';
import { readWalletCode, type WalletCode } from './wallet-code.rules.js';

/** What a scanned or typed text may be. */
export type Reading =
  /** The opaque code of a page pass: 26 characters of base 32. */
  | { readonly kind: 'pass'; readonly code: string }
  /** The secret part of a customer's own link. */
  | { readonly kind: 'link'; readonly token: string }
  /** The rotating code of a wallet pass. */
  | { readonly kind: 'wallet'; readonly code: WalletCode }
  /** A configuration's short code. */
  | { readonly kind: 'configuration'; readonly code: string }
  /** The number of a loyalty card. */
  | { readonly kind: 'loyalty'; readonly number: string };

/** Longest text anybody scans here; a longer one is no code of ours. */
const longest = 300;
/** Characters of a configuration code, the check character included. */
export const configurationCodeLength = 9;
const passCodeLength = 26;
const linkToken = /^[A-Za-z0-9_-]{43}$/;

/**
 * Everything a text may be, the likeliest first; none when it cannot be ours.
 * @param origin where we are reached (`https://foyer.example`): a URL of another house opens nothing here.
 */
export function readCode(text: string, origin: string): Reading[] {
  const trimmed = text.replace(/[\p{Cc}\p{Cf}]/gu, '').trim();
  if (trimmed === '' || text.length > longest) return [];
  const path = pathOfOurs(trimmed, origin);
  if (path !== undefined) return readPath(path);
  if (trimmed.includes('/')) return [];
  return readBare(trimmed);
}

/** What follows our host, with or without a scheme; undefined for anything else. */
function pathOfOurs(text: string, origin: string): string | undefined {
  const ours = new URL(origin).host;
  const withoutScheme = text.replace(/^https?:\/\//i, '');
  const host = withoutScheme.slice(0, ours.length + 1).toLowerCase();
  if (host === `${ours}/`) return withoutScheme.slice(ours.length);
  return text.startsWith('/') ? text : undefined;
}

function readPath(path: string): Reading[] {
  const [, room, last] = /^\/([cp])\/([^/?#]+)\/?(?:[?#].*)?$/i.exec(path) ?? [];
  if (!room || !last) return [];
  return room.toLowerCase() === 'p' ? passOf(last) : linkOf(last);
}

function readBare(text: string): Reading[] {
  const wallet = readWalletCode(text);
  if (wallet) return [{ kind: 'wallet', code: wallet }];
  return [...passOf(text), ...linkOf(text), ...configurationOf(text), ...loyaltyOf(text)];
}

function passOf(text: string): Reading[] {
  const code = fromTyped(text);
  return code?.length === passCodeLength && code.charAt(0) < '8' ? [{ kind: 'pass', code }] : [];
}

function linkOf(text: string): Reading[] {
  return linkToken.test(text) ? [{ kind: 'link', token: text }] : [];
}

/** A code in base 32 as it was made; undefined when it was mistyped or is none. */
export function readConfigurationCode(text: string): string | undefined {
  const code = text.length <= longest ? fromTyped(text) : undefined;
  return code?.length === configurationCodeLength && checks(code) ? code : undefined;
}

function configurationOf(text: string): Reading[] {
  const code = readConfigurationCode(text);
  return code ? [{ kind: 'configuration', code }] : [];
}

function loyaltyOf(text: string): Reading[] {
  return /^(?=.*\p{Nd})[\p{L}\p{Nd}][\p{L}\p{Nd} ._-]{2,62}[\p{L}\p{Nd}]$/u.test(text)
    ? [{ kind: 'loyalty', number: text }]
    : [];
}
