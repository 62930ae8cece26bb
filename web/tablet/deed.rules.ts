import type { Visit } from './board.rules.js';
import type { Chosen } from './choose.js';
import type { CheckInInput, EndVisitInput } from './graphql/graphql.js';

/** A check-in, an ending or "not her" as the salesperson gave it; the waiting line adds its name and its moment. */
export type NewDeed =
  | { kind: 'check-in'; input: CheckInInput; chosen?: Chosen }
  | { kind: 'ending'; input: EndVisitInput; calledName: string | null }
  | ({ kind: 'dispute' } & Said);

/** "Not her": of this customer, of nobody in particular (null) where she may be one of several, or of whoever it is. */
interface Said {
  visitId: string;
  customerId?: string | null | undefined;
}

/** Something the server has not heard yet. Sent once, in turn, under the key it was given at the time. */
export type Deed = {
  name: string;
  at: number;
  /** Why the server did not take it, and when somebody on shift had that before her. */
  refused?: string;
  isChoice?: boolean;
  seenAt?: number;
} & NewDeed;

/** Milliseconds after which the server takes no deed any more. */
const LONGEST_WAIT = 72 * 60 * 60_000;

/** Of whom "not her" is said of what a visit shows. */
export function ofWhom({ context, recognition }: Visit): Said['customerId'] {
  return context?.customer?.id ?? (recognition.candidates.length > 0 ? null : undefined);
}

/** What waits to be sent, in turn: "not her" first, for the other tablets still show her; of the rest the oldest first. */
export function inTurn(deeds: readonly Deed[]): Deed[] {
  const rank = ({ kind }: Deed): number => (kind === 'dispute' ? 0 : 1);
  return deeds.filter(({ refused }) => !refused).sort((a, b) => rank(a) - rank(b));
}

/** Whether it may be the person of whom it was said that a visit still shows; a tablet without a shift cannot tell, and hides. */
export function disputes({ visitId, customerId }: Said, visit: Visit): boolean {
  if (visit.id !== visitId || !['CLAIMED', 'CONFIRMED'].includes(visit.recognition.status)) return false;
  const shown = visit.context?.customer?.id;
  return shown === undefined || customerId === undefined || shown === customerId;
}

/** Whether why it was refused has been read on an earlier day. */
export function wasRead({ seenAt }: Deed, dayOf: (at: number) => string, now: number): boolean {
  return seenAt !== undefined && dayOf(seenAt) !== dayOf(now);
}

/** Whether the server would not take it any more, and nobody may read it any longer. */
export function hasLapsed({ at }: Deed, now: number): boolean {
  return now - at > LONGEST_WAIT;
}
