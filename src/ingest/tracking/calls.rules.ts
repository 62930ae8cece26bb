import { fieldsOf, contextOf, textOf } from '../tracking-event.js';
import type { TrackingCall } from '../batch.rules.js';
import { callTypes, type CallType } from '../kinds.js';

const letters: Readonly<Record<CallType, string>> = {
  track: 't',
  identify: 'i',
  page: 'p',
  screen: 's',
  group: 'g',
  alias: 'a',
};

/** Every path that messages are sent to, and what it says. */
export const tracks: readonly (readonly [path: string, call: TrackingCall['call']])[] = [
  ...callTypes.map((type) => [`/v1/${type}`, type] as const),
  ...callTypes.map((type) => [`/v1/${letters[type]}`, type] as const),
  ['/v1/batch', 'batch'],
  ['/v1/b', 'batch'],
  ['/beacon/v1/batch', 'batch'],
];

/** Largest batch in bytes, Rudder's SDKs excepted. */
export const largestBatch = 500 * 1024;

/** What a request says of the program that sent it. */
interface Headers {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly url: string;
}

/** Whether a Rudder SDK sent it: its server SDK by name, its browser SDK by its own header, path or library. */
export function isRudderBatch({ body }: TrackingCall, { headers, url }: Headers): boolean {
  if (headers['anonymousid'] !== undefined || url.startsWith('/beacon/')) return true;
  if (/^(analytics-node\/|rudder)/i.test(String(headers['user-agent'] ?? ''))) return true;
  const [first] = Array.isArray(body.batch) ? (body.batch as unknown[]) : [];
  return /rudder/i.test(textOf(fieldsOf(contextOf(fieldsOf(first)).library), ['name']) ?? '');
}
