import { t } from '../shared/words.js';

/** Nobody is signed in, or not any more. */
export class NotSignedIn extends Error {
  override name = 'NotSignedIn';
}

/** Asks the desk's own API; the browser sends the cookie, scripts never see it. */
export async function desk<Answer>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(`/desk-api/${path}`, {
      method,
      credentials: 'same-origin',
      headers: {
        'accept-language': document.documentElement.lang,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(15_000),
    });
  } catch {
    throw new Error(t('desk.offline'));
  }
  const text = await response.text();
  const answer = (text ? JSON.parse(text) : null) as Answer & { message?: string };
  if (response.ok) return answer;
  if (response.status === 401) throw new NotSignedIn(answer?.message ?? t('desk.signIn'));
  throw new Error(answer?.message ?? t('desk.fault', { message: String(response.status) }));
}
