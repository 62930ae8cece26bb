import { timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { IdentityService } from '../identity/identity.service.js';
import type { Tx } from '../platform/database/transactions.js';
import { CONFIG, type Config } from '../shared/config.js';
import { passHash } from './pass-code.js';
import { noteShown, passByHash, passById, takePass } from './pass.query.js';
import { Passes } from './passes.js';
import { type Reading, readCode } from './read-code.rules.js';
import { type Reads, ShortCodes } from './short-codes.js';
import {
  judgeRow,
  type Expired,
  type Known,
  type PassRow,
  type Unknown,
  type Used,
  type Verdict,
} from './verdict.rules.js';
import { WalletDoor } from './wallet-door.js';

/** Where and when something was shown. */
export interface ShownAt {
  readonly visitId: string;
  readonly storeId: string;
  readonly at: Date;
}

const unknown: Unknown = { state: 'unknown' };

/** Judges what is shown at the door, and takes it for a visit. */
@Injectable()
export class Door {
  constructor(
    private readonly passes: Passes,
    private readonly codes: ShortCodes,
    private readonly wallets: WalletDoor,
    private readonly identity: IdentityService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * What a scanned or typed text is at an instant. It takes nothing: several may judge the same pass, one can `redeem` it.
   * `unknown` is a miss that the caller counts with `Attempts`.
   */
  async judge(db: Reads, text: string, now: Date): Promise<Verdict> {
    for (const reading of readCode(text, this.config.publicOrigin)) {
      const verdict = await this.judgeReading(db, reading, now);
      if (verdict.state !== 'unknown') return verdict;
    }
    return unknown;
  }

  /** Takes what was judged good for a visit. Of several that redeem one pass, one wins; the others read what became of it. */
  async redeem(
    tx: Tx,
    known: Known,
    shown: ShownAt,
  ): Promise<{ state: 'redeemed'; alarm: boolean } | Used | Expired | Unknown> {
    const { passId } = known;
    if (passId === null) return { state: 'redeemed', alarm: false };
    const lost = known.shown === 'WALLET' ? await this.wallets.take(tx, known, shown) : undefined;
    if (lost) return lost;
    if (known.shown === 'PASS') {
      const taken = await takePass(tx, { ...shown, passId });
      return taken ? { state: 'redeemed', alarm: taken.alarm } : this.lost(tx, passId, shown.at);
    }
    return { state: 'redeemed', alarm: await noteShown(tx, { ...shown, passId, repeated: false }) };
  }

  /** A used pass is shown again: it is noted under the visit it opened, and raises the alarm if that was elsewhere minutes ago. */
  async recall(tx: Tx, used: Used, where: { storeId: string; at: Date }): Promise<{ alarm: boolean }> {
    const { passId, visitId } = used;
    return { alarm: await noteShown(tx, { ...where, passId, visitId, repeated: true }) };
  }

  /** What became of a pass that was good a moment ago. */
  private async lost(tx: Tx, passId: string, at: Date): Promise<Used | Expired | Unknown> {
    const row = await passById(tx, passId);
    const now = row && judgeRow(row, at);
    return now && now.state !== 'known' ? now : unknown;
  }

  private judgeReading(db: Reads, reading: Reading, now: Date): Promise<Verdict> {
    switch (reading.kind) {
      case 'pass':
        return this.judgePass(db, passHash(reading.code), now);
      case 'link':
        return this.judgeLink(db, reading.token, now);
      case 'wallet':
        return this.wallets.judge(db, reading.code, now);
      case 'configuration':
        return this.judgeShortCode(db, reading.code);
      case 'loyalty':
        return this.judgeCard(db, reading.number);
    }
  }

  private async judgePass(db: Reads, hash: Buffer, now: Date): Promise<Verdict> {
    const row = await passByHash(db, hash);
    return row && sameHash(row, hash) ? judgeRow(row, now) : unknown;
  }

  private async judgeLink(db: Reads, token: string, now: Date): Promise<Verdict> {
    const row = await this.passes.opened(db, token);
    return row ? judgeRow(row, now) : unknown;
  }

  private async judgeShortCode(db: Reads, code: string): Promise<Verdict> {
    const opened = await this.codes.find(db, code);
    return opened ? { state: 'known', shown: 'CODE', passId: null, ...opened, strength: 'NONE' } : unknown;
  }

  private async judgeCard(db: Reads, number: string): Promise<Verdict> {
    const found = await this.identity.find(db, [{ kind: 'loyalty', value: number }], { assertedOnly: true });
    const people = [
      ...new Map(found.filter((one) => one.state !== 'generic').map((one) => [one.customerId, one])).values(),
    ];
    const [only, second] = people;
    if (!only) return unknown;
    if (second) return { state: 'several', shown: 'CARD', people };
    const { recordId } = only;
    return { state: 'known', shown: 'CARD', passId: null, recordId, configurationId: null, strength: 'PRESENTED' };
  }
}

function sameHash(row: PassRow, hash: Buffer): boolean {
  return row.hash?.length === hash.length && timingSafeEqual(row.hash, hash);
}
