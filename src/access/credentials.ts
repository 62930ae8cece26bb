import type { Credentials } from '../platform/graphql/context.js';

/** What of an HTTP request says who is calling. */
export interface CallingRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly ip: string;
}

/** Reads off a request what its caller shows. */
export function credentialsOf({ headers, ip }: CallingRequest): Credentials {
  return {
    authorization: single(headers.authorization),
    origin: single(headers.origin),
    cookie: single(headers.cookie),
    host: single(headers.host),
    address: ip,
    language: single(headers['accept-language']),
  };
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
