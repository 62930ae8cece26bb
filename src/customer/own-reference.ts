import type { ReceivedMessage } from '../ingest/tracking-event.js';

/** The reference under which a row is kept: a claim never meets the row that its source asserts under the same number (law 7). */
export function ownReference({ asserted, recordId }: ReceivedMessage, reference: string): string {
  return asserted ? reference : `claimed:${recordId ?? ''}:${reference}`;
}
