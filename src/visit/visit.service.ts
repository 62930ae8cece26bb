import { Injectable } from '@nestjs/common';
import { mayReadStore, type Actor } from '../access/actor.js';
import { Forbidden } from '../access/denial.js';
import { Transactions, type Tx } from '../platform/database/transactions.js';
import { unsaid } from '../shared/catalogue/sentences.js';
import { Clock } from '../shared/clock.js';
import { Bonds } from './bonds.js';
import { Feed, type FeedNews } from './feed.js';
import type { Visit } from './visit.entity.js';
import { isUuid, VisitQuery } from './visit.query.js';
import { CandidateUnknown, NotPossibleNow, VisitChanged, VisitNotFound } from './visit.results.js';
import { candidateOf } from './visit.rows.js';
import { decide, type VisitCommand } from './visit.rules.js';
import { stayOf } from './visit.stay.js';
import { VisitSteps, type Doing } from './visit.steps.js';
import type { VisitPurpose } from './visit.words.js';

/** What a step comes to. */
export type Stepped = VisitChanged | VisitNotFound | NotPossibleNow | CandidateUnknown;

/** What a step is once the visit is known; nothing where it does not concern it any more, a refusal where it cannot be told. */
type Planned = VisitCommand | CandidateUnknown | undefined;
type Plan = (tx: Tx, visit: Visit) => Planned | Promise<Planned>;

/** The steps of a visit that bear no key of their own: repeated, they change nothing. */
@Injectable()
export class VisitService {
  constructor(
    private readonly transactions: Transactions,
    private readonly visits: VisitQuery,
    private readonly steps: VisitSteps,
    private readonly feed: Feed,
    private readonly bonds: Bonds,
    private readonly clock: Clock,
  ) {}

  /** An associate takes the visit; of two who tap at once one wins and the other reads who. */
  take(visitId: string, actor: Actor): Promise<Stepped> {
    const { staffId } = actor;
    if (staffId === undefined) {
      throw new Forbidden(unsaid('access.tablet-alone', {}));
    }
    const at = this.clock.now();
    return this.step(visitId, { actor, action: 'visit.taken', at }, () => ({ type: 'take', associateId: staffId, at }));
  }

  /** Sets what she came for; a complaint silences every sales sentence at once. */
  setPurpose(visitId: string, purpose: VisitPurpose, actor: Actor): Promise<Stepped> {
    const doing = { actor, action: 'visit.purpose-set', at: this.clock.now(), detail: { purpose } };
    return this.step(visitId, doing, () => ({ type: 'setPurpose', purpose }));
  }

  /** Greeted by name, and it is so: the records are joined, and what she claims is effective. */
  confirm(visitId: string, candidateId: string | undefined, actor: Actor): Promise<Stepped> {
    const doing = { actor, action: 'identity.confirmed', at: this.clock.now(), greeted: true };
    return this.step(visitId, doing, async (tx, visit) => {
      if (candidateId === undefined) return { type: 'confirm' };
      const chosen = isUuid(candidateId) ? await candidateOf(tx, visit.id, candidateId) : undefined;
      return chosen ? { type: 'confirm', chosen } : new CandidateUnknown();
    });
  }

  /** The wrong person: everything of hers leaves the screens, and the visit follows its own record. Of whom it was said may be given: a customer, or nobody in particular of several (null); of nobody else it is. */
  dispute(visitId: string, customerId: string | null | undefined, actor: Actor): Promise<Stepped> {
    const doing = { actor, action: 'identity.disputed', at: this.clock.now() };
    return this.step(visitId, doing, async (tx, visit) =>
      (await this.isMeant(tx, visit, customerId)) ? { type: 'dispute' } : undefined,
    );
  }

  private async isMeant(
    tx: Tx,
    { recognisedRecordId }: Visit,
    customerId: string | null | undefined,
  ): Promise<boolean> {
    if (customerId === undefined) return true;
    if (customerId === null) return recognisedRecordId === null;
    return this.bonds.isOf(tx, recognisedRecordId, customerId);
  }

  private async step(visitId: string, doing: Doing & { actor: Actor }, plan: Plan): Promise<Stepped> {
    const outcome = await this.transactions.run((tx) => this.stepOnce(tx, visitId, doing, plan));
    if (typeof outcome !== 'string') return outcome;
    const visit = await this.visits.asRead(outcome);
    return visit ? new VisitChanged(visit) : new VisitNotFound();
  }

  private async stepOnce(
    tx: Tx,
    visitId: string,
    doing: Doing & { actor: Actor },
    plan: Plan,
  ): Promise<string | Exclude<Stepped, VisitChanged>> {
    const visit = await this.load(tx, visitId, doing.action);
    if (!visit || !mayReadStore(doing.actor, visit.storeId)) return new VisitNotFound();
    const closed = await this.steps.closeOvernight(tx, visit, this.clock.now());
    if (closed.length > 0) return this.over(tx, visitId, closed);
    const command = await plan(tx, visit);
    if (command === undefined) return visitId;
    if (command instanceof CandidateUnknown) return command;
    const decision = decide(stayOf(visit), command);
    if ('obstacle' in decision) return new NotPossibleNow(visit, decision.obstacle);
    const news = await this.steps.apply(tx, visit, decision.events, doing);
    await this.feed.append(tx, ...news);
    return visitId;
  }

  /** Steps that judge lock customers first, everywhere; of two of them the slower one runs anew. */
  private load(tx: Tx, visitId: string, action: string): Promise<Visit | undefined> {
    return action.startsWith('identity.') ? this.visits.byId(visitId, tx) : this.visits.locked(visitId, tx);
  }

  private async over(tx: Tx, visitId: string, news: readonly FeedNews[]): Promise<NotPossibleNow | VisitNotFound> {
    await this.feed.append(tx, ...news);
    const visit = await this.visits.byId(visitId, tx);
    return visit ? new NotPossibleNow(visit, 'over') : new VisitNotFound();
  }
}
