import { createHash } from 'node:crypto';
import { canonical } from '../shared/canonical.js';
import { hours } from '../shared/clock.js';
import { correctedTime, statedTimes } from './event-time.rules.js';
import { callTypes, kindOf, type MessageKind } from './kinds.js';
import { personId } from './person-id.rules.js';
import type { RawElement } from './raw-json.rules.js';
import { contextOf, isFields, textOf, type TrackingEvent } from './tracking-event.js';

/** A message as it will be kept: the text as it came, and what is needed to find and order it. */
export interface Keepable {
  readonly messageId: string;
  readonly kind: MessageKind;
  readonly occurredAt: Date;
  readonly asserted: boolean;
  readonly text: string;
}

/** Why a message cannot be kept as one; it goes to quarantine, to be repaired. */
export type BadReason =
  | 'not-an-object'
  | 'too-large'
  | 'too-deep'
  | 'type-missing'
  | 'event-name-missing'
  | 'names-nobody'
  | 'time-unreadable'
  | 'message-id-unusable'
  | 'unstorable'
  | 'unresolvable'
  | 'wrong-column-count'
  | 'duplicate-id'
  | 'birth-date-in-future'
  | 'time-in-future'
  | 'amount-unreadable';

/** A message that cannot be kept, with its reason for machines and in words. */
export interface Bad {
  readonly reason: BadReason;
  readonly detail: string;
}

/** What is known of a message beside its text. */
export interface Frame {
  readonly receivedAt: Date;
  /** The caller asserts (a server key); a signature in the message is judged before that. */
  readonly asserts: boolean;
  /** When the batch says that it was sent. */
  readonly sentAt: unknown;
  /** Whether a signature is the source's own for a user id. */
  readonly vouches: (userId: string, signature: string) => boolean;
}

/** Largest message in bytes. */
export const largestMessage = 32 * 1024;
/** Brackets within brackets, at most. */
export const deepest = 64;
const longestMessageId = 100;

const bad = (reason: BadReason, detail: string): Bad => ({ reason, detail });

/** Whether a judgement says that the message cannot be kept. */
export function isBad(judged: Keepable | Bad): judged is Bad {
  return 'reason' in judged;
}

/** Decides whether a message can be kept; what it means is not decided here. */
export function judge({ text, depth }: RawElement, body: unknown, frame: Frame): Keepable | Bad {
  if (text.length > largestMessage / 3 && Buffer.byteLength(text) > largestMessage) {
    return bad('too-large', `It has ${Buffer.byteLength(text)} bytes; at most ${largestMessage} are taken.`);
  }
  if (depth > deepest) return bad('too-deep', `It is nested ${depth} deep; at most ${deepest} is taken.`);
  if (!isFields(body)) return bad('not-an-object', 'A message must be a JSON object.');
  return judgeEvent(text, body, frame);
}

function judgeEvent(text: string, body: TrackingEvent, frame: Frame): Keepable | Bad {
  if (typeof body.type !== 'string' || body.type === '') {
    return bad('type-missing', `"type" must say what it is: ${callTypes.join(', ')}.`);
  }
  const event = textOf(body, ['event']);
  if (body.type === 'track' && event === undefined) {
    return bad('event-name-missing', 'A track message needs the name of its event in "event".');
  }
  const userId = personId(body.userId);
  if (userId === undefined && personId(body.anonymousId) === undefined) {
    return bad('names-nobody', 'A message needs a "userId" or an "anonymousId".');
  }
  const times = statedTimes(body, frame.sentAt);
  if (Number.isNaN(times.happened)) {
    return bad(
      'time-unreadable',
      `"timestamp" is ${JSON.stringify(body.timestamp ?? body.originalTimestamp).slice(0, 80)}, which is no RFC 3339 time.`,
    );
  }
  const messageId = messageIdOf(body, frame.receivedAt);
  if (messageId === undefined) {
    return bad('message-id-unusable', `"messageId" must be text of at most ${longestMessageId} characters.`);
  }
  return {
    messageId,
    kind: kindOf(body.type, event),
    occurredAt: correctedTime(times, frame.receivedAt),
    asserted: isAsserted(body, userId, frame),
    text,
  };
}

/** A message that carries a signature is judged by it, whoever hands it in: a shop's server may forward its pages' messages. */
function isAsserted(body: TrackingEvent, userId: string | undefined, frame: Frame): boolean {
  const signature = signatureOf(body);
  if (signature === undefined) return frame.asserts;
  return userId !== undefined && frame.vouches(userId, signature);
}

/** The signature of the shop's server for the user id, as its page passes it on in `context.userHash`. */
export function signatureOf(body: TrackingEvent): string | undefined {
  const { userHash } = contextOf(body);
  return typeof userHash === 'string' && userHash !== '' ? userHash : undefined;
}

function messageIdOf(body: TrackingEvent, receivedAt: Date): string | undefined {
  const { messageId } = body;
  if (messageId === undefined || messageId === null || messageId === '') return derivedId(body, receivedAt);
  if (typeof messageId !== 'string' && typeof messageId !== 'number') return undefined;
  const text = String(messageId).toWellFormed();
  return text.length > longestMessageId || text.includes('\0') ? undefined : text;
}

/**
 * The id of a message whose sender gave none, from what it says, so that sending it again is no second message.
 * What a retry changes is left out. Without a time of its own it is told from its like by the hour in which it came.
 */
function derivedId(body: TrackingEvent, receivedAt: Date): string {
  const { sentAt: _sentAt, _metadata, writeKey: _writeKey, ...said } = body;
  const hour = statedTimes(body, undefined).happened === undefined ? Math.floor(receivedAt.getTime() / hours(1)) : 0;
  return `derived-${createHash('sha256')
    .update(`${hour}${canonical(said)}`)
    .digest('base64url')}`;
}
