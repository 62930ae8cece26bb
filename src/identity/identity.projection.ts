import { Injectable } from '@nestjs/common';
import { observationOf } from '../ingest/observation.rules.js';
import { Projection } from '../ingest/projection.js';
import { Projections } from '../ingest/projections.js';
import type { ReceivedMessage } from '../ingest/tracking-event.js';
import type { Tx } from '../platform/database/transactions.js';
import { IdentityService } from './identity.service.js';
import type { Observed } from './record/observation.js';

/** Makes records of what messages say of people, and tells the rooms below whose record each message is about. */
@Injectable()
export class IdentityProjection extends Projection {
  readonly room = 'identity';

  constructor(
    projections: Projections,
    private readonly identity: IdentityService,
  ) {
    super();
    projections.add(this);
  }

  async project(tx: Tx, messages: ReceivedMessage[]): Promise<void> {
    const observed = await this.identity.observe(tx, messages.map(observationOf));
    for (const [index, message] of messages.entries()) {
      const { recordId, customerId, created } = observed[index] as Observed;
      Object.assign(message, { recordId, customerId, isNewRecord: created });
    }
  }
}
