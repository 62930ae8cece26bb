import { Injectable } from '@nestjs/common';
import { Projection } from '../ingest/projection.js';
import { Projections } from '../ingest/projections.js';
import type { ReceivedMessage } from '../ingest/tracking-event.js';
import type { Transactions, Tx } from '../platform/database/transactions.js';
import { priorities } from '../platform/outbox/outbox.js';
import { finder, observed } from './find-ahead.js';
import { IdentityService } from './identity.service.js';
import type { Observed } from './record/observation.js';
import { openAmong } from './review/review-queue.query.js';

/** Only an import tells how many pairs it has put before people. */
async function tellQuestions(
  tx: Tx,
  messages: readonly ReceivedMessage[],
  outcomes: readonly Observed[],
): Promise<void> {
  const pairs = new Map(
    outcomes.flatMap(({ doubtful }, at) => doubtful.map(({ lo, hi }) => [`${lo} ${hi}`, { lo, hi, at }] as const)),
  );
  for (const { lo, hi } of await openAmong(tx, [...pairs.values()])) {
    const message = messages[pairs.get(`${lo} ${hi}`)?.at ?? 0];
    if (message) message.questions = (message.questions ?? 0) + 1;
  }
}

/** Makes records of what messages say of people, and tells the rooms below whose record each message is about. */
@Injectable()
export class IdentityProjection extends Projection {
  readonly room = 'identity';
  override readonly ahead = { finder, module: new URL('./find-ahead.js', import.meta.url).href };

  constructor(
    projections: Projections,
    private readonly identity: IdentityService,
  ) {
    super();
    projections.add(this);
  }

  override beginImport(transactions: Transactions, rows: number): Promise<void> {
    return this.identity.beginImport(transactions, rows);
  }

  override endImport(): void {
    this.identity.endImport();
  }

  async project(tx: Tx, messages: ReceivedMessage[]): Promise<void> {
    const outcomes = await this.identity.observe(tx, messages.map(observed));
    for (const [index, message] of messages.entries()) {
      const { recordId, customerId, created } = outcomes[index] as Observed;
      Object.assign(message, { recordId, customerId, isNewRecord: created, questions: 0 });
    }
    if (tx.priority === priorities.bulk) await tellQuestions(tx, messages, outcomes);
  }
}
