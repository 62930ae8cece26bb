import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '../access/actor.js';
import { Database } from '../platform/database/database.js';
import { Clock } from '../shared/clock.js';
import { CONFIG, type Config } from '../shared/config.js';
import { Keys } from '../shared/keys.js';
import { Attempts, guessersOf } from './attempts.js';
import { linkId, opens } from './link-token.js';
import { LockedOut } from './locked-out.js';
import { drawQr } from './qr.js';
import { startOfStep, stepOf, stepSeconds, writeWalletCode } from './wallet-code.rules.js';
import { walletObject } from './wallet-object.js';
import { walletSaveUrl } from './wallet-save-url.js';
import { walletDigits, walletSecret } from './wallet-secret.js';
import { memberNumber, walletById, type WalletRow } from './wallet.query.js';
import type { RotatingCode, WalletPage } from './wallet.view.js';

/** Codes that a page holds at once, so that it goes on through two minutes without a network. */
const codesAhead = 4;

/** The page of a wallet pass shows the rotating code where there is no wallet; its secret stays on the server. */
@Injectable()
export class WalletPages {
  constructor(
    private readonly database: Database,
    private readonly attempts: Attempts,
    private readonly keys: Keys,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The page behind a token; null when it is nobody's, has ended or was revoked. @throws when too many were unknown. */
  async page(token: string, actor: Actor): Promise<WalletPage | null> {
    const now = this.clock.now();
    const guessers = guessersOf(actor);
    const barred = await this.attempts.refusal(this.database, guessers, now);
    if (barred) throw new LockedOut(barred);
    const row = await this.opened(token.trim());
    const secret = row && walletSecret(this.keys, row.id, row.key_id);
    if (!row || !secret) {
      const over = await this.attempts.miss(this.database, guessers, now);
      if (over) throw new LockedOut(over);
      return null;
    }
    if (row.revoked_at || row.expires_at <= now) return null;
    const present = stepOf(now.getTime() / 1000);
    const steps = Array.from({ length: codesAhead }, (_, ahead) => present + ahead);
    const codes = await Promise.all(steps.map((step) => codeOf(row.id, secret, step)));
    return { codes, stepSeconds, saveUrl: await this.saveUrl(row, secret) };
  }

  /** The same object that its shop was given when it asked for the pass. */
  private async saveUrl({ id, record_id, issued_at }: WalletRow, secret: Buffer): Promise<string | null> {
    const { googleWalletIssuer: issuer } = this.config;
    const loyaltyId = issuer && (await memberNumber(this.database, record_id));
    if (!loyaltyId) return null;
    const object = walletObject({ id, secret, loyaltyId, revoked: false, issuer });
    return walletSaveUrl(this.config, object, issued_at);
  }

  private async opened(token: string): Promise<WalletRow | undefined> {
    const id = linkId(token);
    const row = id === undefined ? undefined : await walletById(this.database, id);
    return row && opens(this.keys, token, row.id, row.key_id, 'wallet-page') ? row : undefined;
  }
}

async function codeOf(id: string, secret: Buffer, step: number): Promise<RotatingCode> {
  const from = startOfStep(step);
  const text = writeWalletCode(id, from.getTime() / 1000, walletDigits(secret, step));
  return { text, svg: await drawQr(text), from, until: startOfStep(step + 1) };
}
