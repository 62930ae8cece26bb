import { Injectable } from '@nestjs/common';
import { Door } from '../pass/door.js';
import { CodeUnknown, PassAlreadyUsed, PassExpired, type TooManyAttempts } from '../pass/pass-refusals.js';
import type { Used } from '../pass/verdict.rules.js';
import type { Tx } from '../platform/database/transactions.js';
import { newId } from '../shared/ids.js';
import { FrontDesk } from './front-desk.js';
import type { FeedNews } from './feed.js';
import { PassAlarm } from './pass-alarm.js';
import { Recogniser, type Heard } from './recogniser.js';
import type { Done, Remembered } from './settled.js';
import type { Visitor } from './visitor.js';

/** What came of it, and what the stores' tablets are to hear. */
export interface Admitted {
  readonly outcome: Done | Remembered | TooManyAttempts;
  readonly news: readonly FeedNews[];
}

/** Lets somebody in: judges what she shows, finds the visit she is in, or begins one. */
@Injectable()
export class Admission {
  constructor(
    private readonly recogniser: Recogniser,
    private readonly door: Door,
    private readonly desk: FrontDesk,
    private readonly alarm: PassAlarm,
  ) {}

  /** All in the caller's transaction; a refusal is an outcome like others, because its miss is to be committed. */
  async admit(tx: Tx, visitor: Visitor): Promise<Admitted> {
    const { input, store, actor, at, offline } = visitor;
    const { code, statedName: name } = input;
    const identifiers = input.identifiers ?? [];
    const listened = await this.recogniser.listen(tx, { store, actor, code, identifiers, name, at, offline });
    if ('refusal' in listened) return { outcome: listened.refusal, news: [] };
    if ('used' in listened) return this.again(tx, visitor, listened.used);
    return this.enter(tx, visitor, listened.heard);
  }

  private async enter(tx: Tx, visitor: Visitor, heard: Heard): Promise<Admitted> {
    const { store, at, actor } = visitor;
    const here = await this.desk.findHere(tx, visitor, heard.identity);
    const visitId = here?.id ?? newId();
    const shown = { visitId, storeId: store.id, at };
    const taken = heard.shown
      ? await this.door.redeem(tx, heard.shown, shown)
      : { state: 'redeemed' as const, alarm: false };
    if (taken.state === 'used') return this.again(tx, visitor, taken);
    if (taken.state === 'expired') return { outcome: new PassExpired(taken.expiredAt), news: [] };
    if (taken.state === 'unknown') return { outcome: new CodeUnknown(), news: [] };
    const { repeated, news } = here
      ? await this.desk.rejoin(tx, visitor, here, heard)
      : await this.desk.begin(tx, visitor, visitId, heard);
    const passId = heard.shown?.passId;
    const alarms =
      taken.alarm && passId ? await this.alarm.raise(tx, passId, { storeId: store.id, visitId, actor }) : [];
    return { outcome: { visitId, repeated }, news: [...news, ...alarms] };
  }

  /** A pass that was shown before: the visit it opened, while she is here; elsewhere or later it is spent. */
  private async again(tx: Tx, { store, at, actor }: Visitor, used: Used): Promise<Admitted> {
    const { alarm } = await this.door.recall(tx, used, { storeId: store.id, at });
    if (used.storeId === store.id && (await this.desk.isHere(tx, used.visitId))) {
      return { outcome: { visitId: used.visitId, repeated: true }, news: [] };
    }
    const news = alarm ? await this.alarm.raise(tx, used.passId, { storeId: store.id, actor }) : [];
    return { outcome: new PassAlreadyUsed(used.usedAt), news };
  }
}
