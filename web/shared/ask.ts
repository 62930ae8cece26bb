import { learnTime } from './time.js';
import { t } from './words.js';

/** A document with its answer's and variables' types, as the generated client writes them. */
export interface Document<Result, Variables> {
  __apiType?: (variables: Variables) => Result;
  __meta__?: Record<string, unknown> | undefined;
  toString(): string;
}

/** The network or the server is away; nothing was decided and the same key may be sent again. */
export class Unreachable extends Error {
  override name = 'Unreachable';
}

/** The server runs no documents of this version of the page; what is kept is sent by the next one. */
export class Outdated extends Unreachable {
  override name = 'Outdated';
}

/** The token is unknown, expired or revoked. */
export class SignedOut extends Error {
  override name = 'SignedOut';
}

/** The server answered that something broke, or that the request was not allowed. */
export class Fault extends Error {
  override name = 'Fault';
  constructor(
    message: string,
    readonly code: string,
    readonly faultId: string | undefined,
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
  }
}

interface Answer<Result> {
  data?: Result | null;
  errors?: { message: string; extensions?: { code?: string; faultId?: string; retryAfterSeconds?: number } | null }[];
}

interface How {
  token?: string | undefined;
  /** Milliseconds after which the network counts as away. */
  patience?: number;
}

/** Codes by which the server says that this caller is nobody it knows. */
const SIGNED_OUT = new Set(['UNAUTHENTICATED', 'TOKEN_EXPIRED', 'TOKEN_REVOKED']);
const NOT_KEPT = 'PERSISTED_QUERY_NOT_FOUND';

/** Names a document by its hash, as Apollo's protocol of persisted queries does. */
export function byHash(document: Pick<Document<never, never>, '__meta__'>): Record<string, unknown> {
  return { persistedQuery: { version: 1, sha256Hash: document.__meta__?.['hash'] } };
}

/** Sends one operation by the hash of its document; a development server that does not keep it gets the text. */
export async function ask<Result, Variables>(
  document: Document<Result, Variables>,
  variables: Variables,
  how: How = {},
): Promise<Result> {
  const first = await send<Result>({ extensions: byHash(document), variables }, how);
  const unknown = first.errors?.some((error) => error.extensions?.code === NOT_KEPT);
  const answer = unknown ? await send<Result>({ query: document.toString(), variables }, how) : first;
  return settled(answer);
}

async function send<Result>(body: object, how: How): Promise<Answer<Result>> {
  let response: Response;
  try {
    response = await fetch('/graphql', {
      method: 'POST',
      credentials: 'same-origin',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
        'accept-language': globalThis.document.documentElement.lang,
        ...(how.token ? { authorization: `Bearer ${how.token}` } : {}),
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(how.patience ?? 10_000),
    });
  } catch (cause) {
    throw new Unreachable(t('shared.unreachable'), { cause });
  }
  learnTime(response.headers.get('date'));
  if (response.status === 401) throw new SignedOut(t('shared.signedOut'));
  if (response.status >= 502 || response.status === 429)
    throw new Unreachable(t('shared.answered', { status: response.status }));
  try {
    return (await response.json()) as Answer<Result>;
  } catch (cause) {
    throw new Unreachable(t('shared.unreadable'), { cause });
  }
}

function settled<Result>(answer: Answer<Result>): Result {
  const error = answer.errors?.[0];
  if (!error && answer.data) return answer.data;
  const code = error?.extensions?.code ?? 'FAULT';
  if (code === 'DOCUMENT_NOT_KNOWN') throw new Outdated(error?.message);
  if (SIGNED_OUT.has(code)) throw new SignedOut(error?.message);
  if (code === 'UNAVAILABLE' || code === 'SERVICE_UNAVAILABLE') throw new Unreachable(error?.message);
  const { faultId, retryAfterSeconds } = error?.extensions ?? {};
  throw new Fault(error?.message ?? t('shared.unreadable'), code, faultId, retryAfterSeconds);
}
