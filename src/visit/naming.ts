import { Injectable } from '@nestjs/common';
import type { Actor } from '../access/actor.js';
import type { TooManyAttempts } from '../pass/pass-refusals.js';
import type { Used } from '../pass/verdict.rules.js';
import type { Tx } from '../platform/database/transactions.js';
import { Clock } from '../shared/clock.js';
import { Bonds } from './bonds.js';
import { CandidateSeal } from './candidate-seal.js';
import type { IdentifyVisitInput } from './identify-visit.input.js';
import type { Outcome } from './once.js';
import { PassDesk } from './pass-desk.js';
import { Recogniser, type Heard } from './recogniser.js';
import { somebody, type Identity, type Reason } from './recognition.rules.js';
import type { Done, Remembered } from './settled.js';
import type { Visit } from './visit.entity.js';
import { isUuid } from './visit.query.js';
import { CandidateUnknown, NotPossibleNow } from './visit.results.js';
import { candidateOf } from './visit.rows.js';
import { decide } from './visit.rules.js';
import { stayOf } from './visit.stay.js';
import { VisitSteps } from './visit.steps.js';
import { visitStore, type VisitStore } from './visit-store.query.js';

/** What naming somebody comes to, and what the stores' tablets are to hear. */
export type Named = Outcome<Done | Remembered | TooManyAttempts | NotPossibleNow | CandidateUnknown>;

const refused = (outcome: Named['outcome']): Named => ({ outcome, news: [] });

/** Finds the person of a visit that has none, or makes her known where nobody knew her. */
@Injectable()
export class Naming {
  constructor(
    private readonly recogniser: Recogniser,
    private readonly seal: CandidateSeal,
    private readonly bonds: Bonds,
    private readonly steps: VisitSteps,
    private readonly passes: PassDesk,
    private readonly clock: Clock,
  ) {}

  /** All in the caller's transaction. */
  async name(tx: Tx, visit: Visit, input: IdentifyVisitInput, actor: Actor): Promise<Named> {
    const store = await visitStore(tx, visit.storeId);
    if (input.candidateId) {
      const chosen = await this.chosen(tx, visit, input.candidateId);
      if (!chosen) return refused(new CandidateUnknown());
      const identity = somebody(chosen.recordId, chosen.reasons);
      return this.settle(tx, visit, { identity, configurationId: null, shown: null }, actor);
    }
    const identifiers = input.identifier ? [input.identifier] : [];
    // Where names were offered already, or the wrong one was taken, a name is that of somebody new.
    const isOpen = visit.status !== 'DISPUTED' && visit.candidates.length === 0;
    const name = isOpen ? fullName(input) : undefined;
    const at = this.clock.now();
    const listened = await this.recogniser.listen(tx, {
      store,
      actor,
      code: input.code,
      identifiers,
      name,
      at,
      offline: false,
    });
    if ('refusal' in listened) return refused(listened.refusal);
    if ('used' in listened) return this.again(tx, visit, listened.used, actor);
    const heard = await this.orHerself(tx, visit, store, input, listened.heard);
    return this.settle(tx, visit, heard, actor);
  }

  private chosen(
    tx: Tx,
    visit: Visit,
    id: string,
  ): Promise<{ recordId: string; reasons: readonly Reason[] } | undefined> {
    if (isUuid(id)) return candidateOf(tx, visit.id, id);
    return Promise.resolve(this.seal.open(id, visit.storeId));
  }

  /** What she says of herself stays on the visit's own record; where nobody is found, that record is she. */
  private async orHerself(
    tx: Tx,
    visit: Visit,
    store: VisitStore,
    input: IdentifyVisitInput,
    heard: Heard,
  ): Promise<Heard> {
    const { identifier, givenName, familyName } = input;
    const traits = {
      ...(givenName?.trim() && { givenName: givenName.trim() }),
      ...(familyName?.trim() && { familyName: familyName.trim() }),
    };
    const identifiers = identifier ? [identifier] : [];
    if (identifiers.length + Object.keys(traits).length === 0) return heard;
    await this.bonds.own(tx, store.source, visit.id, { identifiers, traits }, this.clock.now());
    if (heard.identity.status !== 'ANONYMOUS') return heard;
    const said: Reason = { identifier: identifier?.kind ?? 'name', strength: 'STATED' };
    return { ...heard, identity: somebody(visit.recordId, [...heard.identity.reasons, said]) };
  }

  private async settle(tx: Tx, visit: Visit, heard: Heard, actor: Actor): Promise<Named> {
    const { identity, configurationId, shown } = heard;
    const samePerson = await this.isSame(tx, visit, identity);
    const decision = decide(stayOf(visit), { type: 'identify', identity, configurationId, samePerson });
    if ('obstacle' in decision) return refused(new NotPossibleNow(visit, decision.obstacle));
    const at = this.clock.now();
    const where = { visitId: visit.id, storeId: visit.storeId, at };
    const taken = await this.passes.take(tx, shown, where);
    if ('used' in taken) return this.again(tx, visit, taken.used, actor);
    if ('refusal' in taken) return refused(taken.refusal);
    const doing = { actor, action: 'visit.identified', at, passId: shown?.passId ?? null };
    const news = await this.steps.apply(tx, visit, decision.events, doing);
    const warnings = taken.alarm ? await this.passes.warn(tx, shown, { ...where, actor }) : [];
    return { outcome: { visitId: visit.id, repeated: false }, news: [...news, ...warnings] };
  }

  private async again(tx: Tx, visit: Visit, used: Used, actor: Actor): Promise<Named> {
    const { storeId } = visit;
    const { alarm } = await this.passes.note(tx, used, { storeId, at: this.clock.now() });
    // "Not her" said by mistake is taken back with the pass she came with.
    if (used.visitId === visit.id && visit.status === 'DISPUTED') {
      const store = await visitStore(tx, storeId);
      return this.settle(tx, visit, await this.recogniser.listenAgain(tx, used, store), actor);
    }
    if (used.visitId === visit.id) return { outcome: { visitId: visit.id, repeated: true }, news: [] };
    return this.passes.refuse(tx, used, { storeId, actor, alarm });
  }

  /** Whether this is the person the visit has already; her customer is locked from here on. */
  private async isSame(tx: Tx, visit: Visit, { recordId, status }: Identity): Promise<boolean> {
    const customerId = recordId === null ? undefined : await this.bonds.lock(tx, recordId, status);
    if (customerId === undefined || visit.recognisedRecordId === null) return false;
    return customerId === (await this.bonds.customerOf(tx, visit.recognisedRecordId));
  }
}

function fullName({ givenName, familyName }: IdentifyVisitInput): string | undefined {
  return [givenName, familyName].filter((part) => part?.trim()).join(' ') || undefined;
}
