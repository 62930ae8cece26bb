import type { Credentials } from '../../platform/graphql/context.js';

/** The cookie of somebody who signed in at the desk; pages cannot read it, other sites cannot make browsers send it. */
export const deskCookie = 'foyer_desk';

/** The Set-Cookie header that signs in until an instant, or out when there is no token. */
export function setCookie(token: string | null, expiresAt: Date, secure: boolean): string {
  const rest = `Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
  return token === null
    ? `${deskCookie}=; Max-Age=0; ${rest}`
    : `${deskCookie}=${token}; Expires=${expiresAt.toUTCString()}; ${rest}`;
}

/**
 * The token of the cookie, as an Authorization header has it; undefined when there is none, or when a page of another site asks.
 * Browsers name the origin of every POST and of every WebSocket.
 */
export function fromCookie({ cookie, origin, host }: Credentials, own: string): string | undefined {
  const token = new RegExp(`(?:^|;\\s*)${deskCookie}=([A-Za-z0-9_-]+)`).exec(cookie ?? '')?.[1];
  if (token === undefined) return undefined;
  const ours = origin === undefined || origin === own || hostOf(origin) === host;
  return ours ? `Bearer ${token}` : undefined;
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
