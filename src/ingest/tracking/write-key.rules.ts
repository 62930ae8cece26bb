/** Where SDKs put the key of their source. */
export interface KeyBearer {
  readonly authorization?: string | undefined;
  readonly body?: unknown;
  readonly query?: unknown;
}

/** The write key: the user name of Basic authentication, else the body's, else the address's. */
export function writeKeyOf({ authorization, body, query }: KeyBearer): string | undefined {
  const encoded = /^Basic +([A-Za-z0-9+/=_-]+) *$/i.exec(authorization ?? '')?.[1];
  const user = encoded && Buffer.from(encoded, 'base64').toString('utf8').split(':', 1)[0];
  if (user) return user;
  const bearer = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
  return bearer ?? nonEmpty(body) ?? nonEmpty(query);
}

function nonEmpty(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
