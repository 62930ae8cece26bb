import type { FastifyRequest } from 'fastify';
import { getOperationAST, Kind, parse, type DocumentNode, type ParseOptions } from 'graphql';
import { BadUserInput, Misaddressed } from './errors.js';

interface Asked {
  readonly query?: unknown;
  readonly operationName?: unknown;
}

/** Documents are small, so a compressed one is not taken. @throws Misaddressed */
export async function refuseCompressed({ headers }: FastifyRequest): Promise<void> {
  if ((headers['content-encoding'] ?? 'identity') !== 'identity')
    throw new Misaddressed(415, 'Compressed bodies are not taken here: send the JSON without content-encoding.');
}

/** Mercurius looks at the operation of a GET before it knows that there is one. */
export function checkGet(parsing: ParseOptions) {
  return async ({ method, query }: FastifyRequest): Promise<void> => {
    const asked = query as Asked;
    if (method !== 'GET' || typeof asked.query !== 'string') return;
    const document = parsed(asked.query, parsing);
    if (document) chosen(document, asked.operationName);
  };
}

/**
 * Checks that a document says which of its operations is meant, and that it is one for HTTP.
 * A document of several operations is executed as it stands: the compiler of documents knows one operation for each text.
 */
export function checkOperation(document: DocumentNode, request: FastifyRequest | undefined): boolean {
  const asked = ((request?.method === 'GET' ? request.query : request?.body) ?? {}) as Asked;
  if (request && chosen(document, asked.operationName).operation === 'subscription')
    throw new Misaddressed(405, 'Subscriptions are followed over a WebSocket (graphql-transport-ws) at this address.');
  return document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION).length > 1;
}

function chosen(document: DocumentNode, name: unknown) {
  const operation = getOperationAST(document, typeof name === 'string' && name !== '' ? name : undefined);
  if (operation) return operation;
  const message =
    'operationName must name one of the operations of the document; it has none of that name, or several.';
  throw new BadUserInput(message, ['operationName']);
}

function parsed(text: string, parsing: ParseOptions): DocumentNode | undefined {
  try {
    return parse(text, parsing);
  } catch {
    return undefined;
  }
}
