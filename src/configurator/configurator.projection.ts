import { Injectable } from '@nestjs/common';
import { Projection } from '../ingest/projection.js';
import { Projections } from '../ingest/projections.js';
import type { ReceivedMessage } from '../ingest/tracking-event.js';
import type { Tx } from '../platform/database/transactions.js';
import { Configurations, type SaidOfSession } from './configurations.js';
import { eventId } from './event-id.js';
import { isOfConfigurator, ownershipOf, readEvent } from './read-event.rules.js';

/** Makes configurations of what sites tell through the tracking API. */
@Injectable()
export class ConfiguratorProjection extends Projection {
  readonly room = 'configurator';

  constructor(
    projections: Projections,
    private readonly configurations: Configurations,
  ) {
    super();
    projections.add(this);
  }

  async project(tx: Tx, messages: ReceivedMessage[]): Promise<void> {
    const said = messages.map(saidOfSession).filter((one) => one !== undefined);
    await this.configurations.take(tx, said);
  }
}

/** What a message says of a session; undefined when it is about something else, or nobody's. */
export function saidOfSession(message: ReceivedMessage): SaidOfSession | undefined {
  // What a message says is read out of its text only where somebody asks for it.
  if (!isOfConfigurator(message.kind)) return undefined;
  const { source, kind, body, asserted, occurredAt, recordId } = message;
  const read = readEvent(kind, body);
  if (!read || recordId === undefined) return undefined;
  const { sessionId, ...event } = read;
  const owner = { recordId, level: ownershipOf(body, asserted) };
  return { sourceId: source.id, sessionId, event: { ...event, id: eventId(body.messageId, event), occurredAt, owner } };
}
