import { ask } from '../shared/ask.js';
import type { Visit } from './board.rules.js';
import { IdentifyVisitDocument } from './graphql/graphql.js';

/** Somebody of a look-up. */
export interface Chosen {
  readonly id: string;
  readonly maskedName: string;
}

/** The visit as it is after the choice, and why the choice was not taken, if so. */
export interface Choice {
  readonly visit: Visit;
  readonly message?: string;
}

/** The key of the choice that goes with a check-in. */
export function choiceKey({ idempotencyKey }: { idempotencyKey: string }): string {
  return `${idempotencyKey}:choice`;
}

/**
 * Says of a visitor who has just been checked in that it is the one who was chosen at the look-up; `key` names this choice, so that it can be
 * sent again. A visitor who was recognised by what was said stays who she is. What the look-up called her ends after a while: then the
 * one candidate of the visit who bears her masked name is meant, if there is one only.
 */
export async function choose(visit: Visit, chosen: Chosen, key: string, token: string): Promise<Choice> {
  const named = await identify(visit, chosen.id, key, token);
  if (named.__typename === 'VisitChanged') return { visit: named.visit };
  if (named.__typename === 'NotPossibleNow') return { visit };
  const [offered, second] = visit.recognition.candidates.filter((each) => each.maskedName === chosen.maskedName);
  if (!offered || second) return { visit, message: named.message };
  const again = await identify(visit, offered.id, `${key}:offered`, token);
  return again.__typename === 'VisitChanged' ? { visit: again.visit } : { visit, message: again.message };
}

async function identify(visit: Visit, candidateId: string, idempotencyKey: string, token: string) {
  const input = { visitId: visit.id, idempotencyKey, candidateId };
  return (await ask(IdentifyVisitDocument, { input }, { token })).identifyVisit;
}
