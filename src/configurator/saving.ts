import { Injectable } from '@nestjs/common';
import { activityOf } from '../customer/activity.rules.js';
import { Timeline } from '../customer/timeline.js';
import { IdentityService } from '../identity/identity.service.js';
import type { Observation } from '../identity/record/observation.js';
import { Intake } from '../ingest/intake.js';
import type { Tx } from '../platform/database/transactions.js';
import { newId } from '../shared/ids.js';
import type { Ownership } from './configuration-event.js';
import type { Session } from './configuration.store.js';
import { Configurations } from './configurations.js';
import { eventId } from './event-id.js';
import { readEvent } from './read-event.rules.js';
import { keepable, type SavedMessage } from './saved-message.js';
import { sessionKey, type Told } from './teller.rules.js';

/** A save that is to be written: what was said, of which session, and whose it is. */
export interface Save {
  readonly message: SavedMessage;
  readonly session: Session;
  readonly owner: Ownership;
  readonly visitId?: string;
}

/** Writes one save: the message, the configuration with its event and revision, the activity, and the word to her customer. */
@Injectable()
export class Saving {
  constructor(
    private readonly intake: Intake,
    private readonly identity: IdentityService,
    private readonly configurations: Configurations,
    private readonly timeline: Timeline,
  ) {}

  /**
   * The record of somebody whom a save names. Once a shop's server says whose a nameless session was, what happened
   * in it so far becomes hers, too; later owners of the same session start afresh.
   */
  async recordOf(tx: Tx, { observation, level, ofSession }: Told, session: Session): Promise<Ownership> {
    const observations: Observation[] = [observation];
    if (level === 'asserted' && (await firstNamed(tx, session))) {
      observations.push({ ...observation, sourceKey: sessionKey(session.sessionId) });
    }
    const [observed] = await this.identity.observe(tx, observations);
    if (!observed) throw new Error('Identity answered without a record.');
    return { recordId: observed.recordId, level, ...(ofSession && { ofSession }) };
  }

  /** Writes the save and returns the id of the configuration. */
  async write(tx: Tx, { message, session, owner, visitId }: Save): Promise<string> {
    const { source, receivedAt, occurredAt, body } = message;
    const [messageId] = await this.intake.keepUnderstood(tx, source, [keepable(message)], receivedAt);
    const read = readEvent(message.kind, body);
    if (!read) throw new Error('A save names no session.');
    const said = visitId === undefined ? read.said : { ...read.said, visitId };
    const event = { id: eventId(body.messageId, read), kind: read.kind, said, occurredAt, owner };
    const [configurationId] = await this.configurations.take(tx, [{ ...session, event }]);
    const activity = activityOf({ ...message, id: messageId ?? newId() }, owner.recordId);
    await this.timeline.add(tx, activity ? [activity] : []);
    await this.identity.touch(tx, [owner.recordId]);
    return configurationId as string;
  }
}

/** Whether a session was nobody's so far: saved without a name, and never by a server that knew one. */
async function firstNamed(tx: Tx, { sourceId, sessionId }: Session): Promise<boolean> {
  const [row] = await tx.query<{ nameless: boolean; named: boolean }>(
    `SELECT coalesce(bool_or(e.payload->'owner'->>'ofSession' = 'true'), false) AS nameless,
            coalesce(bool_or(e.payload->'owner'->>'level' = 'asserted'), false) AS named
     FROM configuration c JOIN configuration_event e ON e.configuration_id = c.id
     WHERE c.source_id = $1 AND c.session_id = $2`,
    [sourceId, sessionId],
  );
  return row !== undefined && row.nameless && !row.named;
}

/** The instant of a save without a time of its own: now, and after everything that was said of the session before. */
export async function momentOf(tx: Tx, { sourceId, sessionId }: Session, now: Date): Promise<Date> {
  const [row] = await tx.query<{ next: Date | null }>(
    `SELECT max(e.occurred_at) + interval '1 millisecond' AS next
     FROM configuration c JOIN configuration_event e ON e.configuration_id = c.id
     WHERE c.source_id = $1 AND c.session_id = $2`,
    [sourceId, sessionId],
  );
  return row?.next && row.next > now ? row.next : now;
}
