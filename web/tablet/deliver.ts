import { Fault, ask } from '../shared/ask.js';
import type { Visit } from './board.rules.js';
import { choiceKey, choose } from './choose.js';
import type { NewDeed } from './deed.rules.js';
import { CheckInDocument, DisputeIdentityDocument, EndVisitDocument } from './graphql/graphql.js';

/** What the server made of it; one that is asked too often also says in how many seconds to come back. */
export type Answer =
  { visit: Visit | null; message?: string } | { message: string } | { message: string; retryAfterSeconds: number };

/** Codes of what the server will never accept; after any other fault it is asked again. */
const FOR_GOOD = new Set(['BAD_USER_INPUT', 'FORBIDDEN', 'GRAPHQL_VALIDATION_FAILED']);

/** Tells the server of a deed. @throws what says that it may be told again. */
export async function deliver(deed: NewDeed, token: string): Promise<Answer> {
  try {
    return await tell(deed, token);
  } catch (error) {
    if (error instanceof Fault && FOR_GOOD.has(error.code)) return { message: error.message };
    throw error;
  }
}

async function tell(deed: NewDeed, token: string): Promise<Answer> {
  if (deed.kind === 'check-in') {
    const { checkIn } = await ask(CheckInDocument, { input: deed.input }, { token });
    if (!deed.chosen || !('visit' in checkIn)) return checkIn;
    return choose(checkIn.visit, deed.chosen, choiceKey(deed.input), token);
  }
  if (deed.kind === 'ending') return (await ask(EndVisitDocument, { input: deed.input }, { token })).endVisit;
  // A colleague may have said so meanwhile, and found out who it is: of that one nobody has said "not her".
  const { visitId, customerId } = deed;
  return (await ask(DisputeIdentityDocument, { visitId, customerId }, { token })).disputeIdentity;
}
