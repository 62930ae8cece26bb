import { Injectable } from '@nestjs/common';
import { mayReadStore, type Actor } from '../access/actor.js';
import { Transactions, type Tx } from '../platform/database/transactions.js';
import { BadUserInput } from '../platform/graphql/errors.js';
import type { KeyReusedDifferently } from '../platform/idempotency/key-reused-differently.js';
import { unsaid } from '../shared/catalogue/sentences.js';
import { Clock } from '../shared/clock.js';
import { toldTime, type ToldTime } from './arrival-time.rules.js';
import { tooLongAgo } from './check-in.service.js';
import type { EndVisitInput } from './end-visit.input.js';
import { Once, saidFirst, type Outcome as Settled } from './once.js';
import type { Done } from './settled.js';
import { dayIn } from './store-day.rules.js';
import type { Visit } from './visit.entity.js';
import { isUuid, VisitQuery } from './visit.query.js';
import { NotPossibleNow, VisitChanged, VisitNotFound } from './visit.results.js';
import { mayBeSold, writeFarewell, type Farewell } from './visit.rows.js';
import { decide } from './visit.rules.js';
import { stayOf } from './visit.stay.js';
import { VisitSteps } from './visit.steps.js';

type Outcome = Done | VisitNotFound | NotPossibleNow | KeyReusedDifferently;

/** The farewell: outcome, note, next step, and what she has seen. */
@Injectable()
export class FarewellService {
  constructor(
    private readonly transactions: Transactions,
    private readonly once: Once,
    private readonly steps: VisitSteps,
    private readonly visits: VisitQuery,
    private readonly clock: Clock,
  ) {}

  /** Ends a visit once, however often the key is repeated. */
  async end(input: EndVisitInput, actor: Actor): Promise<VisitChanged | Exclude<Outcome, Done>> {
    const outcome = await this.transactions.run((tx) => this.settleOrEnd(tx, input, actor));
    if (!('visitId' in outcome)) return outcome;
    const visit = await this.visits.asRead(outcome.visitId);
    return visit ? new VisitChanged(visit) : new VisitNotFound();
  }

  private async settleOrEnd(tx: Tx, input: EndVisitInput, actor: Actor): Promise<Outcome> {
    const visit = await this.visits.byId(input.visitId, tx);
    if (!visit || !mayReadStore(actor, visit.storeId)) return new VisitNotFound();
    const request = { operation: 'endVisit', scope: visit.storeId, key: input.idempotencyKey, input: saidFirst(input) };
    return this.once.settle(tx, request, async () => {
      const told = toldTime(input.occurredAt, this.clock.now());
      if (!told) throw tooLongAgo();
      return this.endNow(tx, input, visit, actor, told);
    }) as Promise<Outcome>;
  }

  private async endNow(
    tx: Tx,
    input: EndVisitInput,
    visit: Visit,
    actor: Actor,
    { at, offline }: ToldTime,
  ): Promise<Settled<Done | NotPossibleNow | VisitNotFound>> {
    const late = offline && dayIn(visit.store.timeZone, at) === visit.day;
    const closed = late ? [] : await this.steps.closeOvernight(tx, visit, this.clock.now());
    const now = closed.length > 0 ? await this.visits.byId(visit.id, tx) : visit;
    if (!now) return { outcome: new VisitNotFound(), news: closed };
    const decision = decide(stayOf(now), { type: 'end', outcome: input.outcome, at, late });
    if ('obstacle' in decision) return { outcome: new NotPossibleNow(now, decision.obstacle), news: closed };
    const farewell = await this.farewellOf(tx, input, visit);
    const doing = { actor, action: 'visit.ended', at, detail: { outcome: input.outcome } };
    const news = await this.steps.apply(tx, visit, decision.events, doing);
    await writeFarewell(tx, visit.id, farewell);
    return { outcome: { visitId: visit.id, repeated: false }, news };
  }

  private async farewellOf(tx: Tx, input: EndVisitInput, visit: Visit): Promise<Farewell> {
    const { configurationId, amount } = input;
    if (configurationId && !(isUuid(configurationId) && (await mayBeSold(tx, visit, configurationId)))) {
      throw new BadUserInput(unsaid('input.configuration-elsewhere', {}), ['configurationId']);
    }
    return {
      note: input.note?.trim() || null,
      configurationId: configurationId ?? null,
      amountMinor: amount?.amountMinor ?? null,
      amountCurrency: amount?.currency ?? null,
      nextStep: input.nextStep?.trim() || null,
      nextStepAt: input.nextStepAt ?? null,
      lostReason: input.lostReason?.trim() || null,
    };
  }
}
