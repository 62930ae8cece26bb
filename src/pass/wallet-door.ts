import { Injectable } from '@nestjs/common';
import { Keys } from '../shared/keys.js';
import type { Reads } from './short-codes.js';
import type { Expired, Known, Unknown, Used } from './verdict.rules.js';
import { endOfStep, standingOf, stepOf, type WalletCode } from './wallet-code.rules.js';
import { provesStep, walletSecret } from './wallet-secret.js';
import { shownStep, takeStep, walletById, type ShownStep, type TakenFor, type WalletRow } from './wallet.query.js';

const unknown: Unknown = { state: 'unknown' };

/** Judges rotating codes of wallet passes, and takes each of their steps once. */
@Injectable()
export class WalletDoor {
  constructor(private readonly keys: Keys) {}

  /** What a rotating code is at an instant; digits that prove nothing are as unknown as an id that is nobody's. */
  async judge(db: Reads, { id, seconds, digits }: WalletCode, now: Date): Promise<Known | Used | Expired | Unknown> {
    const row = await walletById(db, id);
    const secret = row && !row.revoked_at ? walletSecret(this.keys, row.id, row.key_id) : undefined;
    const step = stepOf(seconds);
    if (!row || !secret || !provesStep(secret, step, digits)) return unknown;
    const shown = await shownStep(db, id, step);
    if (shown) return usedBy(row, shown);
    if (row.expires_at <= now) return { state: 'expired', passId: id, expiredAt: row.expires_at };
    if (standingOf(step, now) !== 'now') return { state: 'expired', passId: id, expiredAt: endOfStep(step, now) };
    const { record_id: recordId } = row;
    return { state: 'known', shown: 'WALLET', passId: id, step, recordId, configurationId: null, strength: 'VERIFIED' };
  }

  /** Takes a step that was judged good; what became of it when somebody else was faster or the pass was revoked. */
  async take(db: Reads, { passId, step }: Known, visit: TakenFor): Promise<Used | Unknown | undefined> {
    if (passId === null || step === undefined) return unknown;
    if (await takeStep(db, { passId, step }, visit)) return undefined;
    const row = await walletById(db, passId);
    const shown = row && !row.revoked_at ? await shownStep(db, passId, step) : undefined;
    return row && shown ? usedBy(row, shown) : unknown;
  }
}

function usedBy({ id, record_id: recordId }: WalletRow, shown: ShownStep): Used {
  const { used_at: usedAt, visit_id: visitId, store_id: storeId } = shown;
  return { state: 'used', passId: id, recordId, configurationId: null, usedAt, visitId, storeId };
}
