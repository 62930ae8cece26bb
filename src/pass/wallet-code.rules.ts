/** Seconds for which a rotating code stays the same. */
export const stepSeconds = 30;
/** Digits by which a rotating code proves that the wallet holds the secret. */
export const codeDigits = 8;
/** Steps before and after the present one that are taken as well: the clocks of phones differ. */
export const stepsAside = 1;

/** A rotating code as it is read: whose it says it is, when it says it was made, and the digits that prove both. */
export interface WalletCode {
  readonly id: string;
  readonly seconds: number;
  readonly digits: string;
}

/** Where the step of a code stands beside the present one. */
export type Standing = 'now' | 'past' | 'ahead';

const shape = /^FYR1-([0-9A-F]{8}-?(?:[0-9A-F]{4}-?){3}[0-9A-F]{12})-(\d{1,11})-(\d{8})$/i;

/** Reads a rotating code; undefined when it is none. */
export function readWalletCode(text: string): WalletCode | undefined {
  const [, name = '', seconds, digits] = shape.exec(text) ?? [];
  const id = idOfWalletPass(name);
  return id && digits ? { id, seconds: Number(seconds), digits } : undefined;
}

/** A wallet pass's id as codes and callers know it: in capitals and without dashes, so that the QR code stays small. */
export function walletName(id: string): string {
  return id.replaceAll('-', '').toUpperCase();
}

/** The id of the row that such a name stands for; undefined when it cannot be one. */
export function idOfWalletPass(name: string): string | undefined {
  const hex = name.replaceAll('-', '').toLowerCase();
  if (!/^[0-9a-f]{32}$/.test(hex)) return undefined;
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The pattern by which a wallet writes the code, in the words of Google Wallet's RotatingBarcode. */
export function walletPattern(id: string): string {
  return `FYR1-${walletName(id)}-{totp_timestamp_seconds}-{totp_value_0}`;
}

/** A code written out as the wallet would. */
export function writeWalletCode(id: string, seconds: number, digits: string): string {
  return `FYR1-${walletName(id)}-${seconds}-${digits}`;
}

/** The step to which an instant belongs, given in seconds since 1970. */
export function stepOf(seconds: number): number {
  return Math.floor(seconds / stepSeconds);
}

/** The first instant of a step. */
export function startOfStep(step: number): Date {
  return new Date(step * stepSeconds * 1000);
}

/** Whether a step can be shown now, not any more, or not yet. */
export function standingOf(step: number, now: Date): Standing {
  const present = stepOf(now.getTime() / 1000);
  if (step > present + stepsAside) return 'ahead';
  return step < present - stepsAside ? 'past' : 'now';
}

/** When a code that is not of now ended, or, when it is of a phone whose clock is ahead, that it never began. */
export function endOfStep(step: number, now: Date): Date {
  const end = startOfStep(step + stepsAside + 1);
  return end < now ? end : now;
}
