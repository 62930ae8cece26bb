import { codeDigits, stepSeconds, walletName, walletPattern } from './wallet-code.rules.js';

/** What a wallet is told of a pass. */
export interface WalletSubject {
  readonly id: string;
  readonly secret: Buffer;
  readonly loyaltyId: string;
  readonly revoked: boolean;
  /** The account at Google under which passes are issued; a placeholder where none is configured. */
  readonly issuer: string | undefined;
}

/** What stands in place of the issuer where none is configured, as in Google's own examples. */
const noIssuer = 'ISSUER_ID';

/** The Google Wallet LoyaltyObject of a pass (developers.google.com/wallet, LoyaltyObject and RotatingBarcode). */
export function walletObject({
  id,
  secret,
  loyaltyId,
  revoked,
  issuer = noIssuer,
}: WalletSubject): Record<string, unknown> {
  return {
    id: `${issuer}.${walletName(id)}`,
    classId: `${issuer}.foyer`,
    state: revoked ? 'INACTIVE' : 'ACTIVE',
    accountId: loyaltyId,
    rotatingBarcode: {
      type: 'QR_CODE',
      valuePattern: walletPattern(id),
      alternateText: loyaltyId,
      totpDetails: {
        algorithm: 'TOTP_SHA1',
        periodMillis: String(stepSeconds * 1000),
        parameters: [{ key: secret.toString('hex').toUpperCase(), valueLength: codeDigits }],
      },
    },
  };
}
