import { Injectable } from '@nestjs/common';
import { mayReadStore, type Actor } from '../access/actor.js';
import { Forbidden } from '../access/denial.js';
import type { TooManyAttempts } from '../pass/pass-refusals.js';
import { Transactions, type Tx } from '../platform/database/transactions.js';
import { BadUserInput } from '../platform/graphql/errors.js';
import type { KeyReusedDifferently } from '../platform/idempotency/key-reused-differently.js';
import { priorities } from '../platform/outbox/outbox.js';
import { unsaid } from '../shared/catalogue/sentences.js';
import { Clock } from '../shared/clock.js';
import { Admission } from './admission.js';
import { toldTime } from './arrival-time.rules.js';
import type { CheckInInput } from './check-in.input.js';
import { CheckedIn } from './check-in.results.js';
import { Once, saidFirst } from './once.js';
import type { Done, Remembered } from './settled.js';
import { VisitQuery } from './visit.query.js';
import { visitStore } from './visit-store.query.js';

type Outcome = Done | Remembered | TooManyAttempts | KeyReusedDifferently;

/** A visitor arrives: one short transaction from the key to the feed. */
@Injectable()
export class CheckInService {
  constructor(
    private readonly transactions: Transactions,
    private readonly once: Once,
    private readonly admission: Admission,
    private readonly visits: VisitQuery,
    private readonly clock: Clock,
  ) {}

  /** Settles a repeated key before any pass is judged; what is refused is refused by an answer, not by a fault. */
  async checkIn(input: CheckInInput, actor: Actor): Promise<CheckedIn | Exclude<Outcome, Done>> {
    if (!mayReadStore(actor, input.storeId)) {
      throw new Forbidden(unsaid('access.not-that-store', {}));
    }
    const outcome = await this.transactions.run((tx) => this.settleOrAdmit(tx, input, actor));
    if (!('visitId' in outcome)) return outcome;
    const visit = await this.visits.asRead(outcome.visitId);
    if (!visit) throw new Error(`Visit ${outcome.visitId} of a known key is gone.`);
    return new CheckedIn(visit, outcome.repeated);
  }

  private settleOrAdmit(tx: Tx, input: CheckInInput, actor: Actor): Promise<Outcome> {
    const { storeId: scope, idempotencyKey: key } = input;
    const request = { operation: 'checkIn', scope, key, input: saidFirst(input) };
    return this.once.settleReading(
      tx,
      request,
      () => visitStore(tx, scope),
      async (store) => {
        tx.priority = priorities.inStore;
        const told = toldTime(input.occurredAt, this.clock.now());
        if (!told) throw tooLongAgo();
        return this.admission.admit(tx, { input, actor, store, ...told });
      },
    );
  }
}

/** A tablet that tells of something longer ago than it may have been without a connection has a wrong clock. */
export function tooLongAgo(): BadUserInput {
  return new BadUserInput(unsaid('input.too-long-ago', {}), ['occurredAt']);
}
