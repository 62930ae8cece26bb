import { Fault, SignedOut, Unreachable } from '../shared/ask.js';
import { learnTime } from '../shared/time.js';
import { t } from '../shared/words.js';

/** Milliseconds after which the network counts as away. */
const PATIENCE = 10_000;

/** Sends what a tablet does before it may ask the API anything. @throws Unreachable, SignedOut, Fault with the server's sentence. */
export async function post<T>(path: string, body: unknown, token?: string): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'accept-language': document.documentElement.lang,
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch (cause) {
    throw new Unreachable(t('shared.unreachable'), { cause });
  }
  learnTime(response.headers.get('date'));
  if (response.status >= 502) throw new Unreachable(t('shared.answered', { status: response.status }));
  const answer = (await response.json().catch(() => ({}))) as T & { code?: string; message?: string };
  if (response.ok) return answer;
  if (response.status === 401) throw new SignedOut(answer.message ?? t('tablet.enrol.unknown'));
  const why = answer.message ?? t('shared.answered', { status: response.status });
  throw new Fault(why, answer.code ?? 'FAULT', undefined);
}
