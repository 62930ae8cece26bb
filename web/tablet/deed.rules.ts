import type { Visit } from './board.rules.js';
import type { Chosen } from './choose.js';
import type { CheckInInput, EndVisitInput } from './graphql/graphql.js';

/** A check-in, an ending or "not her" as the salesperson gave it; the waiting line adds its name and its moment. */
export type NewDeed =
  | { kind: 'check-in'; input: CheckInInput; chosen?: Chosen }
  | { kind: 'ending'; input: EndVisitInput; calledName: string | null }
  | { kind: 'dispute'; visitId: string; customerId: string | null };

/** Something the server has not heard yet. Sent once, in turn, under the key it was given at the time. */
export type Deed = { name: string; at: number; refused?: string; isChoice?: boolean } & NewDeed;

/** What waits to be sent, in turn: "not her" first, for the other tablets still show her; of the rest the oldest first. */
export function inTurn(deeds: readonly Deed[]): Deed[] {
  const rank = ({ kind }: Deed): number => (kind === 'dispute' ? 0 : 1);
  return deeds.filter(({ refused }) => !refused).sort((a, b) => rank(a) - rank(b));
}

/** Whether it may be the person of whom it was said that a visit still shows; a tablet without a shift cannot tell, and hides. */
export function disputes(deed: { visitId: string; customerId: string | null }, visit: Visit): boolean {
  if (visit.id !== deed.visitId || !['CLAIMED', 'CONFIRMED'].includes(visit.recognition.status)) return false;
  const shown = visit.context?.customer?.id;
  return shown === undefined || shown === deed.customerId;
}
