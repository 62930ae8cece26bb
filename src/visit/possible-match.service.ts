import { Injectable } from '@nestjs/common';
import { mayReadStore, type Actor } from '../access/actor.js';
import { IdentityService } from '../identity/identity.service.js';
import { possiblePairs } from '../identity/review/possible-pairs.sql.js';
import { Transactions, type Tx } from '../platform/database/transactions.js';
import { sayerOf } from './bonds.js';
import { Feed } from './feed.js';
import { mostOffered, offerId } from './possible-match.rules.js';
import type { Visit } from './visit.entity.js';
import { VisitJournal } from './visit.journal.js';
import { VisitQuery } from './visit.query.js';
import { CandidateUnknown, NotPossibleNow, VisitChanged, VisitNotFound } from './visit.results.js';
import { presentStates } from './visit.words.js';

/** What settling an offer comes to. */
export type Settled = VisitChanged | VisitNotFound | NotPossibleNow | CandidateUnknown;

interface Offered {
  lo: string;
  hi: string;
  other: string;
}

/** "May be the same customer": the visitor was asked, and what she said is judged. */
@Injectable()
export class PossibleMatches {
  constructor(
    private readonly transactions: Transactions,
    private readonly visits: VisitQuery,
    private readonly identity: IdentityService,
    private readonly journal: VisitJournal,
    private readonly feed: Feed,
  ) {}

  /** She is the other customer too, or she is not; either way it is a person's word and can be taken back. */
  async settle(visitId: string, matchId: string, isSame: boolean, actor: Actor): Promise<Settled> {
    const refusal = await this.transactions.run((tx) => this.settleOnce(tx, visitId, matchId, isSame, actor));
    if (refusal) return refusal;
    const visit = await this.visits.asRead(visitId);
    return visit ? new VisitChanged(visit) : new VisitNotFound();
  }

  private async settleOnce(
    tx: Tx,
    visitId: string,
    matchId: string,
    isSame: boolean,
    actor: Actor,
  ): Promise<Exclude<Settled, VisitChanged> | undefined> {
    const visit = await this.visits.byId(visitId, tx);
    if (!visit || !mayReadStore(actor, visit.storeId)) return new VisitNotFound();
    const shown = await this.visits.asRead(visitId);
    if (!shown || !presentStates.includes(shown.state)) return new NotPossibleNow(visit, 'over');
    if (visit.status !== 'CONFIRMED') return new NotPossibleNow(visit, 'nobodyToConfirm');
    const offers = await offersTo(tx, visit);
    const offer = offers.find((one) => offerId(visitId, one) === matchId);
    if (!offer) return new CandidateUnknown();
    await this.judge(tx, visit, offer, isSame, actor);
    return undefined;
  }

  private async judge(tx: Tx, visit: Visit, { lo, hi, other }: Offered, isSame: boolean, actor: Actor): Promise<void> {
    const hers = other === hi ? lo : hi;
    await this.identity.judge(tx, {
      a: other,
      b: hers,
      verdict: isSame ? 'same' : 'different',
      by: sayerOf(actor),
      visitId: visit.id,
      why: isSame ? 'asked in the store: the same' : 'asked in the store: somebody else',
    });
    const customerId = await this.identity.customerOf(tx, hers);
    await this.journal.note(tx, {
      action: isSame ? 'identity.joined' : 'identity.separated',
      actor,
      visitId: visit.id,
      storeId: visit.storeId,
      recordId: hers,
      customerId,
      detail: { other },
      topic: 'visit.recognised',
    });
    await tx.query('UPDATE visit SET version = version + 1 WHERE id = $1', [visit.id]);
    await this.feed.append(tx, { storeId: visit.storeId, visitId: visit.id, kind: 'CHANGED' });
  }
}

/** What was offered on this visit, computed as it is shown. */
function offersTo(tx: Tx, { recordId, recognisedRecordId }: Visit): Promise<Offered[]> {
  return tx.query<Offered>(
    `SELECT pair.lo, pair.hi, pair.other
     FROM (
       SELECT array_agg(m.record_id) AS records FROM membership own JOIN membership m USING (customer_id)
       WHERE own.record_id = $1
     ) hers CROSS JOIN LATERAL ${possiblePairs('hers.records', mostOffered)} pair`,
    [recognisedRecordId ?? recordId],
  );
}
