import { judge, isBad, type Bad, type Frame, type Keepable } from './judge.rules.js';
import type { CallType } from './kinds.js';
import { depthOf, rawElements, type RawElement } from './raw-json.rules.js';
import { fieldsOf, isFields, type Fields } from './tracking-event.js';

/** One request of the tracking API, taken apart. */
export interface TrackingCall {
  /** `batch`, or the one thing a single call says. */
  readonly call: 'batch' | CallType;
  /** The text of the body. */
  readonly text: string;
  /** The body, parsed. */
  readonly body: Fields;
}

/** A message of a request that cannot be kept: its place in the batch, its reason, its text. */
export interface BadMessage extends Bad {
  readonly index: number;
  readonly text: string;
}

/** What of a request can be kept and what cannot. */
export interface JudgedCall {
  readonly good: Keepable[];
  readonly bad: BadMessage[];
}

/** Most messages in one batch. */
export const mostMessages = 2500;

/** How many messages a call holds; undefined if a batch has no list. */
export function countOf({ call, body }: TrackingCall): number | undefined {
  if (call !== 'batch') return 1;
  return Array.isArray(body.batch) ? body.batch.length : undefined;
}

/** Judges every message of a call by itself: one bad message does not spoil the others. */
export function judgeCall(call: TrackingCall, frame: Frame): JudgedCall {
  const judged: JudgedCall = { good: [], bad: [] };
  const messages = messagesOf(call);
  messages.forEach(({ raw, body }, index) => {
    const outcome = judge(raw, body, frame);
    if (isBad(outcome)) judged.bad.push({ ...outcome, index, text: raw.text });
    else judged.good.push(outcome);
  });
  return judged;
}

function messagesOf({ call, text, body }: TrackingCall): { raw: RawElement; body: unknown }[] {
  if (call !== 'batch') return [single(call, text, body)];
  const bodies = Array.isArray(body.batch) ? (body.batch as unknown[]) : [];
  return rawElements(text, 'batch').map((raw, index) => ({ raw, body: bodies[index] }));
}

/** A single call may leave its type to the path; it is written into the text, so that the text tells all by itself. */
function single(type: CallType, text: string, body: Fields): { raw: RawElement; body: unknown } {
  const trimmed = text.trim();
  const depth = depthOf(trimmed);
  if (!isFields(body) || body.type !== undefined) return { raw: { text: trimmed, depth }, body };
  const rest = trimmed.slice(1).trimStart();
  const typed = `{"type":"${type}"${rest === '}' ? '' : ','}${rest}`;
  return { raw: { text: typed, depth }, body: { type, ...fieldsOf(body) } };
}
