import { BadRequestException, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { GraphQLError, type ExecutionResult, type GraphQLErrorExtensions, type GraphQLFormattedError } from 'graphql';
import { say, sayReason, type Reason } from '../../shared/catalogue/say.js';
import { newId } from '../../shared/ids.js';
import { isUnavailable } from '../database/unavailable.js';
import { wantsGraphqlResponse } from './media-type.js';
import type { Caller } from './context.js';
import { documentNotKept } from './persisted-documents.js';
import { UnfitInput } from './unfit-input.js';

const logger = new Logger('Fault');

/** What is wrong with the caller's words; thrown by rules that know better than a validator. */
export class BadUserInput extends GraphQLError {
  constructor(
    readonly reason: Reason,
    fields: readonly string[] = [],
  ) {
    super(sayReason('en', reason), { extensions: { code: 'BAD_USER_INPUT', fields } });
  }
}

/** In what an error is read: the language of the caller, and whether his program asked for one. */
interface Listener {
  readonly language: string;
  readonly asked: boolean;
}

/** What this address takes in another way only: another HTTP method, another encoding, or over a socket. */
export class Misaddressed extends GraphQLError {
  constructor(
    readonly statusCode: 405 | 415,
    message: string,
  ) {
    super(message, { extensions: { code: statusCode === 405 ? 'METHOD_NOT_ALLOWED' : 'BAD_USER_INPUT' } });
  }
}

interface Wire {
  readonly status: number;
  readonly error: GraphQLFormattedError;
}

const suggestion = / Did you mean [^?]*\?/g;

function fieldsOf(exception: BadRequestException, listener: Listener): { message: string; fields: string[] } {
  const body = exception.getResponse();
  const said = typeof body === 'object' && 'message' in body ? (body.message as string | string[]) : exception.message;
  const messages = Array.isArray(said) ? said : [said];
  const spoken = listener.asked && exception instanceof UnfitInput ? exception.sayTo(listener.language) : '';
  return { message: spoken || messages.join('; '), fields: messages.map((line) => line.split(' ')[0] ?? '') };
}

function located(error: GraphQLError): Pick<GraphQLFormattedError, 'locations' | 'path'> {
  return { ...(error.locations && { locations: error.locations }), ...(error.path && { path: error.path }) };
}

/** One error as a client may read it: a code, a sentence that says what to do, and a fault id where we are to blame. */
export function wire(error: GraphQLError, listener: Listener = { language: 'en', asked: false }): Wire {
  const cause = error.originalError ?? error;
  const place = located(error);
  if (cause instanceof GraphQLError) return { status: statusOf(cause), error: { ...place, ...known(cause, listener) } };
  if (cause instanceof BadRequestException) {
    const { message, fields } = fieldsOf(cause, listener);
    return { status: 200, error: { message, ...place, extensions: { code: 'BAD_USER_INPUT', fields } } };
  }
  if (isUnavailable(cause)) {
    const message = say(listener.language, 'fault.unavailable', {});
    return { status: 503, error: { message, ...place, extensions: { code: 'UNAVAILABLE' } } };
  }
  const status = (cause as { statusCode?: number }).statusCode;
  if (!(cause instanceof HttpException) && status !== undefined && status < 500) {
    // Clients of Apollo's protocol send the text once they read this code.
    const code = cause.message === documentNotKept ? 'PERSISTED_QUERY_NOT_FOUND' : 'BAD_USER_INPUT';
    return { status, error: { message: cause.message, ...place, extensions: { code } } };
  }
  const faultId = newId();
  logger.error({ faultId, path: error.path?.join('.'), error: cause.message, stack: cause.stack }, 'A request failed.');
  const message = say(listener.language, 'fault.internal', { faultId });
  return { status: 500, error: { message, ...place, extensions: { code: 'INTERNAL', faultId } } };
}

function statusOf(error: GraphQLError): number {
  return (error as { statusCode?: number }).statusCode ?? 200;
}

/** Errors of GraphQL itself: what is hidden stays hidden, so a misspelt field gets no suggestion. */
function known(error: GraphQLError, { language }: Listener): GraphQLFormattedError {
  // A document that the JIT compiled reports its variables with an error of its own, which has no extensions.
  const extensions = (error as { readonly extensions?: GraphQLErrorExtensions }).extensions ?? {};
  const code =
    extensions['code'] ?? (/^Syntax Error/.test(error.message) ? 'GRAPHQL_PARSE_FAILED' : 'GRAPHQL_VALIDATION_FAILED');
  const { reason = error.message } = error as { readonly reason?: Reason };
  return { message: sayReason(language, reason).replace(suggestion, ''), extensions: { ...extensions, code } };
}

/** Turns the errors of one execution into an answer; a request that never ran has no `data`. */
export function formatErrors(
  execution: ExecutionResult & { statusCode?: number },
  context?: { readonly reply?: FastifyReply; readonly actor?: Caller },
): {
  statusCode: number;
  response: ExecutionResult;
} {
  const flat = (execution.errors ?? []).flatMap(unfold);
  const listener = listenerOf(context);
  const wired = flat.map((error) => wire(error, listener));
  const errors = wired.map((one) => one.error) as unknown as GraphQLError[];
  const status = wired.some((one) => one.status === 503) ? 503 : (wired[0]?.status ?? 200);
  const denied = denialOf(execution.data, wired);
  if (denied !== undefined) return { statusCode: denied, response: { data: null, errors } };
  if (execution.data === undefined && wantsGraphqlResponse(context?.reply?.request.headers.accept)) {
    return { statusCode: Math.max(status, 400), response: { errors } };
  }
  return { statusCode: execution.data ? 200 : status, response: { data: execution.data ?? null, errors } };
}

/** Somebody who was turned away before he was known is spoken to as his program asked. */
function listenerOf(context: { readonly reply?: FastifyReply; readonly actor?: Caller } | undefined): Listener {
  const [asked] = /^[a-z]{2}/i.exec(context?.reply?.request.headers['accept-language']?.trim() ?? '') ?? [];
  return { language: context?.actor?.language ?? asked ?? 'en', asked: asked !== undefined };
}

/** The status of a request of which nothing was allowed: 401 when signing in would help, else 403. */
function denialOf(data: ExecutionResult['data'], wired: readonly Wire[]): number | undefined {
  if (wired.length === 0 || !wired.every(({ status }) => status === 401 || status === 403)) return undefined;
  const fields = wired.flatMap(({ error: { path } }) => (path?.length === 1 ? path : []));
  const gone = Object.entries(data ?? {}).every(([field, value]) => value === null && fields.includes(field));
  return gone ? Math.min(...wired.map(({ status }) => status)) : undefined;
}

/** Mercurius hands several errors over in one. */
function unfold(error: GraphQLError): GraphQLError[] {
  const { originalError } = error as { originalError?: { code?: unknown; errors?: unknown } };
  if (originalError?.code === 'MER_ERR_METHOD_NOT_ALLOWED')
    return [new Misaddressed(405, 'Only queries are answered to GET: send this one with POST.')];
  return Array.isArray(originalError?.errors) ? originalError.errors.map(asGraphqlError) : [error];
}

/** An error as graphql-js hands it on. */
export function asGraphqlError(error: Error): GraphQLError {
  return error instanceof GraphQLError ? error : new GraphQLError(error.message, { originalError: error });
}
