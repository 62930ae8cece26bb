import { Injectable } from '@nestjs/common';
import { mayReadStore, type Actor } from '../access/actor.js';
import type { TooManyAttempts } from '../pass/pass-refusals.js';
import { Transactions, type Tx } from '../platform/database/transactions.js';
import { BadUserInput } from '../platform/graphql/errors.js';
import type { KeyReusedDifferently } from '../platform/idempotency/key-reused-differently.js';
import { unsaid } from '../shared/catalogue/sentences.js';
import { Clock } from '../shared/clock.js';
import type { IdentifyVisitInput } from './identify-visit.input.js';
import { Naming } from './naming.js';
import { Once, type Outcome as Settled } from './once.js';
import type { Done, Remembered } from './settled.js';
import type { Visit } from './visit.entity.js';
import { VisitQuery } from './visit.query.js';
import { type CandidateUnknown, NotPossibleNow, VisitChanged, VisitNotFound } from './visit.results.js';
import { VisitSteps } from './visit.steps.js';

type Outcome =
  Done | Remembered | TooManyAttempts | NotPossibleNow | VisitNotFound | CandidateUnknown | KeyReusedDifferently;

/** Somebody gets her name later: an anonymous or disputed visit, or one with candidates. */
@Injectable()
export class IdentifyService {
  constructor(
    private readonly transactions: Transactions,
    private readonly once: Once,
    private readonly naming: Naming,
    private readonly steps: VisitSteps,
    private readonly visits: VisitQuery,
    private readonly clock: Clock,
  ) {}

  /** What happened so far on the visit belongs to whoever she turns out to be. */
  async identify(input: IdentifyVisitInput, actor: Actor): Promise<VisitChanged | Exclude<Outcome, Done>> {
    const { code, identifier, candidateId, givenName, familyName } = input;
    if (![code, identifier?.value, candidateId, givenName, familyName].some((said) => said?.trim())) {
      throw new BadUserInput(unsaid('input.nobody-named', {}), ['code', 'identifier', 'candidateId']);
    }
    const outcome = await this.transactions.run((tx) => this.settleOrIdentify(tx, input, actor));
    if (!('visitId' in outcome)) return outcome;
    const visit = await this.visits.asRead(outcome.visitId);
    return visit ? new VisitChanged(visit) : new VisitNotFound();
  }

  private async settleOrIdentify(tx: Tx, input: IdentifyVisitInput, actor: Actor): Promise<Outcome> {
    const visit = await this.visits.byId(input.visitId, tx);
    if (!visit || !mayReadStore(actor, visit.storeId)) return new VisitNotFound();
    const request = { operation: 'identifyVisit', scope: visit.storeId, key: input.idempotencyKey, input };
    return this.once.settle(tx, request, () => this.identifyNow(tx, input, visit, actor));
  }

  private async identifyNow(
    tx: Tx,
    input: IdentifyVisitInput,
    visit: Visit,
    actor: Actor,
  ): Promise<Settled<Exclude<Outcome, KeyReusedDifferently>>> {
    const closed = await this.steps.closeOvernight(tx, visit, this.clock.now());
    if (closed.length === 0) return this.naming.name(tx, visit, input, actor);
    const after = await this.visits.byId(visit.id, tx);
    return { outcome: after ? new NotPossibleNow(after, 'over') : new VisitNotFound(), news: closed };
  }
}
