import { sayAcquaintance, sayMatch } from '../shared/catalogue/say.js';
import type { Reason } from './recognition.rules.js';
import type { Candidate, MatchReason, Recognition } from './recognition.view.js';
import type { KeptCandidate, Visit } from './visit.entity.js';

/** How sure it is who she is, in the reader's language. */
export function presentRecognition(
  visit: Pick<Visit, 'status' | 'strength' | 'matchedBy' | 'candidates' | 'recordId' | 'recognisedRecordId'>,
  language: string,
): Recognition {
  const isNew = visit.recognisedRecordId === visit.recordId;
  return {
    status: visit.status,
    strength: visit.strength,
    matchedBy: visit.matchedBy.map((reason) => presentReason(reason, isNew, language)),
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

function presentReason(reason: Reason, isNew: boolean, language: string): MatchReason {
  const saidByHerself = isNew && reason.strength === 'STATED';
  return { ...reason, explanation: saidByHerself ? sayAcquaintance(language, reason) : sayMatch(language, reason) };
}
