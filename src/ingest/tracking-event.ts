import type { SourceView } from '../access/actor.js';
import type { MessageKind } from './kinds.js';

/** A JSON object of which nothing is known yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** A message as an SDK sent it; every field is what somebody said, so every field may be anything. */
export interface TrackingEvent extends Fields {
  readonly type?: unknown;
  readonly event?: unknown;
  readonly name?: unknown;
  readonly messageId?: unknown;
  readonly userId?: unknown;
  readonly anonymousId?: unknown;
  readonly previousId?: unknown;
  readonly timestamp?: unknown;
  readonly originalTimestamp?: unknown;
  readonly sentAt?: unknown;
  readonly traits?: unknown;
  readonly properties?: unknown;
  readonly context?: unknown;
}

/** A message that was kept, as projections read it. */
export interface ReceivedMessage {
  readonly id: string;
  readonly receivedAt: Date;
  /** Corrected by the sender's clock; never later than received. */
  readonly occurredAt: Date;
  readonly source: SourceView;
  /** Said by somebody who may say it (law 7); otherwise every person it names is a claim. */
  readonly asserted: boolean;
  readonly kind: MessageKind;
  readonly body: TrackingEvent;
  /** Whose record it belongs to; set by identity, read by the rooms below. */
  recordId?: string;
  /** Whose customer that record is, and whether it was made by this message; set by identity with it. */
  customerId?: string;
  isNewRecord?: boolean;
  /** How many pairs of that record wait for a human judgement since this message; of an import only. */
  questions?: number;
}

const nothing: Fields = Object.freeze({});

/** The value as an object; an empty one when it is none. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : nothing;
}

/** Whether a value is a JSON object. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list; none when it is no list. */
export function listOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

/** What was said about the event. */
export function propertiesOf(body: TrackingEvent): Fields {
  return fieldsOf(body.properties);
}

/** What was said about the circumstances. */
export function contextOf(body: TrackingEvent): Fields {
  return fieldsOf(body.context);
}

/** What was said about the person; Rudder says it in the context. A group's traits are not hers. */
export function traitsOf(body: TrackingEvent): Fields {
  const own = body.type === 'group' ? nothing : fieldsOf(body.traits);
  const { traits } = contextOf(body);
  return traits === undefined ? own : { ...fieldsOf(traits), ...own };
}

/** The first of these fields that holds text or a number, trimmed; longer than `limit` characters is cut. */
export function textOf(fields: Fields, names: readonly string[], limit = 500): string | undefined {
  for (const name of names) {
    const value = fields[name];
    if (typeof value !== 'string' && typeof value !== 'number') continue;
    const text = String(value).trim().slice(0, limit);
    if (text !== '') return text;
  }
  return undefined;
}

/** The session on the site to which a message belongs; undefined when the sender names none. */
export function sessionOf(body: TrackingEvent): string | undefined {
  const context = contextOf(body);
  return (
    textOf(propertiesOf(body), ['session_id', 'sessionId'], 200) ??
    textOf(context, ['sessionId', 'session_id'], 200) ??
    textOf(fieldsOf(context.session), ['id'], 200)
  );
}
