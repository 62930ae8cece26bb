import { createPrivateKey } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Config } from '../shared/config.js';

/** The address that puts a loyalty object into her Google Wallet; null where no account at Google is configured. */
export async function walletSaveUrl(
  { googleWalletEmail, googleWalletKey, googleWalletIssuer }: Config,
  loyaltyObject: Record<string, unknown>,
  issuedAt: Date,
): Promise<string | null> {
  if (!googleWalletEmail || !googleWalletKey || !googleWalletIssuer) return null;
  const jwt = await new SignJWT({ typ: 'savetowallet', payload: { loyaltyObjects: [loyaltyObject] } })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
    .setIssuer(googleWalletEmail)
    .setAudience('google')
    .setIssuedAt(issuedAt)
    .sign(createPrivateKey(googleWalletKey));
  return `https://pay.google.com/gp/v/save/${jwt}`;
}
