import { createClient, type Client } from 'graphql-ws';
import { Fault, Outdated, SignedOut, Unreachable, byHash } from '../shared/ask.js';
import { ArrivalsDocument, type ArrivalsSubscription } from './graphql/graphql.js';

/** Milliseconds between two questions whether the server is still there, and for which an answer is waited. */
const ASKS = 10_000;
const ANSWERS_WITHIN = 5_000;
/** Milliseconds in which a line must stand. */
const STANDS_WITHIN = 10_000;

/** A line to the server; it is dead once nothing answers, which no browser says of an uplink that swallows everything. */
export function openLine(token: string, on: { stands: () => void; answers: () => void }): Client {
  let patience: ReturnType<typeof setTimeout> | undefined;
  const rest = () => clearTimeout(patience);
  const waitFor = (milliseconds: number) => {
    rest();
    patience = setTimeout(() => line.terminate(), milliseconds);
  };
  const line = createClient({
    url: `${location.origin.replace(/^http/, 'ws')}/graphql`,
    connectionParams: { authorization: `Bearer ${token}`, language: document.documentElement.lang },
    retryAttempts: 0,
    keepAlive: ASKS,
    lazy: true,
    on: {
      connecting: () => waitFor(STANDS_WITHIN),
      connected: () => (rest(), on.stands()),
      ping: (isTheirs) => isTheirs || waitFor(ANSWERS_WITHIN),
      pong: (isTheirs) => isTheirs && (rest(), on.answers()),
      closed: rest,
      error: rest,
    },
  });
  return line;
}

/** Who comes and goes in a store, from a cursor on; `byText`: for a server that may not know the document by its hash yet. */
export async function* arrivalsOn(
  line: Client,
  variables: { storeId: string; after: string | undefined },
  byText: boolean,
) {
  const feed = line.iterate<ArrivalsSubscription>({
    query: byText ? ArrivalsDocument.toString() : '',
    ...(!byText && { extensions: byHash(ArrivalsDocument) }),
    variables,
  });
  for await (const { data, errors } of feed) {
    if (errors?.length) throw faultOf(errors[0] as { message: string; extensions?: Record<string, unknown> });
    if (data) yield data.arrivals;
  }
}

/** Whether the server has closed the line because it knows this token no more. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof SignedOut || (error instanceof CloseEvent && [4401, 4403].includes(error.code));
}

function faultOf(error: { message: string; extensions?: Record<string, unknown> }): Error {
  const told = error.extensions?.['code'];
  const code = typeof told === 'string' ? told : 'FAULT';
  if (code === 'DOCUMENT_NOT_KNOWN') return new Outdated(error.message);
  if (code === 'UNAVAILABLE') return new Unreachable(error.message);
  return code === 'UNAUTHENTICATED' ? new SignedOut(error.message) : new Fault(error.message, code, undefined);
}
