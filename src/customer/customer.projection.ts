import { Injectable } from '@nestjs/common';
import { IdentityService } from '../identity/identity.service.js';
import { Projection } from '../ingest/projection.js';
import { Projections } from '../ingest/projections.js';
import type { ReceivedMessage } from '../ingest/tracking-event.js';
import type { Tx } from '../platform/database/transactions.js';
import { activityOf } from './activity.rules.js';
import { writeConsents, writeMatter, writeOwned } from './belongings.store.js';
import { returnOwned, writePurchase } from './purchases.store.js';
import { Timeline } from './timeline.js';

/** Makes of what was said her timeline, orders, belongings, open matters and consents. */
@Injectable()
export class CustomerProjection extends Projection {
  readonly room = 'customer';

  constructor(
    projections: Projections,
    private readonly timeline: Timeline,
    private readonly identity: IdentityService,
  ) {
    super();
    projections.add(this);
  }

  async project(tx: Tx, messages: ReceivedMessage[]): Promise<void> {
    const activities = messages.flatMap((message) => activityOf(message, recordIdOf(message)) ?? []);
    const changed = new Set(await this.timeline.add(tx, activities));
    for (const message of messages) {
      for (const recordId of await this.writeRest(tx, message)) changed.add(recordId);
    }
    await this.identity.touch(tx, [...changed]);
  }

  /** Few messages tell of more than an activity, so each is written by itself. */
  private async writeRest(tx: Tx, message: ReceivedMessage): Promise<string[]> {
    const recordId = recordIdOf(message);
    const { kind } = message;
    if (kind.startsWith('order.')) {
      return [
        ...(await writePurchase(tx, message, recordId)),
        ...(await writeOwned(tx, message, recordId)),
        ...(await returnOwned(tx, message)),
      ];
    }
    if (kind === 'product.owned' || kind === 'product.disowned') return writeOwned(tx, message, recordId);
    if (kind === 'matter.opened' || kind === 'matter.closed') return writeMatter(tx, message, recordId);
    return kind === 'consent' ? writeConsents(tx, message, recordId) : [];
  }
}

function recordIdOf({ id, recordId }: ReceivedMessage): string {
  if (recordId === undefined) throw new Error(`Message ${id} has no record: identity must project before customer.`);
  return recordId;
}
