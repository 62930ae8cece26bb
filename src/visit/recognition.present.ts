import { sayMatch } from '../shared/catalogue/say.js';
import type { Reason } from './recognition.rules.js';
import type { Candidate, MatchReason, Recognition } from './recognition.view.js';
import type { KeptCandidate, Visit } from './visit.entity.js';

/** How sure it is who she is, in the reader's language. */
export function presentRecognition(
  visit: Pick<Visit, 'status' | 'strength' | 'matchedBy' | 'candidates'>,
  language: string,
): Recognition {
  return {
    status: visit.status,
    strength: visit.strength,
    matchedBy: visit.matchedBy.map((reason) => presentReason(reason, language)),
    candidates: visit.candidates.map((candidate) => presentCandidate(candidate, language)),
  };
}

/** One of several people, masked, with the reasons in one line. */
export function presentCandidate(
  { id, maskedName, reasons }: Pick<KeptCandidate, 'id' | 'maskedName' | 'reasons'>,
  language: string,
): Candidate {
  return { id, maskedName, explanation: reasons.map((reason) => sayMatch(language, reason)).join(' ') };
}

function presentReason(reason: Reason, language: string): MatchReason {
  return { ...reason, explanation: sayMatch(language, reason) };
}
