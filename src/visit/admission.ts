import { Injectable } from '@nestjs/common';
import type { TooManyAttempts } from '../pass/pass-refusals.js';
import type { Used } from '../pass/verdict.rules.js';
import type { Tx } from '../platform/database/transactions.js';
import { newId } from '../shared/ids.js';
import { FrontDesk } from './front-desk.js';
import type { Outcome } from './once.js';
import { PassDesk } from './pass-desk.js';
import { Recogniser, type Heard } from './recogniser.js';
import type { Done, Remembered } from './settled.js';
import type { Visitor } from './visitor.js';

/** What came of an arrival, and what the stores' tablets are to hear. */
export type Admitted = Outcome<Done | Remembered | TooManyAttempts>;

/** Lets somebody in: judges what she shows, finds the visit she is in, or begins one. */
@Injectable()
export class Admission {
  constructor(
    private readonly recogniser: Recogniser,
    private readonly passes: PassDesk,
    private readonly desk: FrontDesk,
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
    const here = await this.desk.findHere(tx, visitor, heard);
    const where = { visitId: here?.id ?? newId(), storeId: store.id, at };
    const taken = await this.passes.take(tx, heard.shown, where);
    if ('used' in taken) return this.again(tx, visitor, taken.used);
    if ('refusal' in taken) return { outcome: taken.refusal, news: [] };
    const { repeated, news } = here
      ? await this.desk.rejoin(tx, visitor, here, heard)
      : await this.desk.begin(tx, visitor, where.visitId, heard);
    const warnings = taken.alarm ? await this.passes.warn(tx, heard.shown, { ...where, actor }) : [];
    return { outcome: { visitId: where.visitId, repeated }, news: [...news, ...warnings] };
  }

  /** A pass that was shown before: the visit it opened, while she is here; elsewhere or later it is spent. */
  private async again(tx: Tx, visitor: Visitor, used: Used): Promise<Admitted> {
    const { store, at, actor } = visitor;
    const { alarm } = await this.passes.note(tx, used, { storeId: store.id, at });
    const visit = used.storeId === store.id ? await this.desk.stillHere(tx, used.visitId) : undefined;
    if (visit) {
      const news = await this.desk.tellAgain(tx, visitor, visit);
      return { outcome: { visitId: used.visitId, repeated: true }, news };
    }
    return this.passes.refuse(tx, used, { storeId: store.id, actor, alarm });
  }
}
