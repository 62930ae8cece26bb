import { learnTime } from '../shared/time.js';
import { t } from '../shared/words.js';

/** Nobody is signed in, or not any more. */
export class NotSignedIn extends Error {
  override name = 'NotSignedIn';
}

/** The server understood, and will not: its sentence says why. */
export class Refused extends Error {
  override name = 'Refused';
}

const REFUSALS = new Set([400, 403]);

let ended = (): void => undefined;

/** Calls back whenever the server no longer knows who is signed in. */
export function whenSessionEnds(tell: () => void): void {
  ended = tell;
}

/** Milliseconds after which the connection counts as away: before what is read again and again is asked anew. */
const PATIENCE = 10_000;

/** Asks the desk's own API; the browser sends the cookie, scripts never see it. */
export async function desk<Answer>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<Answer> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(`/desk-api/${path}`, {
      method,
      credentials: 'same-origin',
      headers: {
        'accept-language': document.documentElement.lang,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(PATIENCE),
    });
    text = await response.text();
  } catch {
    throw new Error(t('desk.offline'));
  }
  learnTime(response.headers.get('date'));
  const answer = read(text) as (Answer & { message?: unknown }) | null | undefined;
  if (response.ok && answer !== undefined) return answer as Answer;
  if (response.status === 401) {
    ended();
    throw new NotSignedIn(t('desk.ended'));
  }
  if (typeof answer?.message === 'string') {
    throw REFUSALS.has(response.status) ? new Refused(answer.message) : new Error(answer.message);
  }
  throw new Error(response.ok ? t('shared.unreadable') : t('shared.answered', { status: response.status }));
}

/** What an answer says: null for an empty one, undefined where something in between answered with a page of its own. */
function read(text: string): unknown {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return undefined;
  }
}
