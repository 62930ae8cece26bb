import type { Visit } from './visit.entity.js';
import type { Stay } from './visit.rules.js';

/** What decides the next step of a visit. */
export function stayOf(visit: Visit): Stay {
  return {
    state: visit.state,
    purpose: visit.purpose,
    calledName: visit.calledName,
    partySize: visit.partySize,
    identity: {
      status: visit.status,
      strength: visit.strength,
      reasons: visit.matchedBy,
      recordId: visit.recognisedRecordId,
      candidates: visit.candidates,
    },
    configurationId: visit.configurationId,
    associateId: visit.associateId,
    arrivedAt: visit.arrivedAt,
    takenAt: visit.takenAt,
    awayAt: visit.awayAt,
    endedAt: visit.endedAt,
    outcome: visit.outcome,
  };
}
