import type { Actor } from '../access/actor.js';
import { definePolicies, only, open } from '../access/policy.js';

/** An enrolled tablet on which nobody has a shift open has no role: it shows how many wait, not who. */
export const mayKnowWho = (actor: Actor): boolean => actor.roles.length > 0;

const onShift = only<unknown>('whoever has a role, or a shift open', mayKnowWho);

definePolicies('Visit', {
  id: open,
  store: open,
  state: open,
  purpose: open,
  expectedAt: open,
  arrivedAt: open,
  takenAt: open,
  endedAt: open,
  calledName: onShift,
  partySize: open,
  recognition: open,
  associate: open,
  warnings: open,
});
definePolicies('Recognition', { status: open, strength: open, matchedBy: open, candidates: open });
definePolicies('MatchReason', { identifier: open, strength: open, explanation: open });
definePolicies('Candidate', { id: open, maskedName: onShift, explanation: onShift });
definePolicies('Board', { cursor: open, present: open, expected: open });
definePolicies('CheckedIn', { visit: open, repeated: open });
definePolicies('Announced', { message: open, expectedWaitMinutes: open });
definePolicies('StoreUnknown', { code: open, message: open });
definePolicies('VisitChanged', { visit: open });
definePolicies('VisitNotFound', { code: open, message: open });
definePolicies('NotPossibleNow', { code: open, message: open, state: open, takenBy: open });
definePolicies('CandidateUnknown', { code: open, message: open });
