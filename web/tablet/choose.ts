import { ask } from '../shared/ask.js';
import type { Visit } from './board.rules.js';
import { IdentifyVisitDocument } from './graphql/graphql.js';

/** Somebody of a look-up. */
export interface Chosen {
  readonly id: string;
  readonly maskedName: string;
}

/** The key of the choice that goes with a check-in. */
export function choiceKey({ idempotencyKey }: { idempotencyKey: string }): string {
  return `${idempotencyKey}:choice`;
}

/**
 * Says of a visitor who has just been checked in that it is the one who was chosen at the look-up; `key` names this choice, so that it can be
 * sent again. The visit may offer that one itself; where nobody was recognised by what was said, the look-up's own id names her.
 */
export async function choose(visit: Visit, chosen: Chosen, key: string, token: string): Promise<Visit> {
  const { candidates, status } = visit.recognition;
  const offered = candidates.find((each) => each.maskedName === chosen.maskedName);
  const candidate = offered ?? (status === 'ANONYMOUS' || candidates.length > 0 ? chosen : undefined);
  if (!candidate) return visit;
  const input = { visitId: visit.id, idempotencyKey: key, candidateId: candidate.id };
  const { identifyVisit } = await ask(IdentifyVisitDocument, { input }, { token });
  return identifyVisit.__typename === 'VisitChanged' ? identifyVisit.visit : visit;
}
