import { Logger } from '@nestjs/common';
import { newId } from '../../../shared/ids.js';
import { isUnavailable } from '../../database/unavailable.js';

interface WireError {
  readonly message?: unknown;
  readonly extensions?: { readonly code?: unknown };
}

const logger = new Logger('Fault');

/**
 * Makes an error frame fit to be read by a client: Mercurius sends what was thrown as it is.
 * What bears a code of ours was meant for the client; anything else is logged under a fault id and hidden.
 */
export function withoutInternals(text: string): string {
  if (!text.startsWith('{"type":"error"')) return text;
  const frame = JSON.parse(text) as { payload?: unknown };
  if (!Array.isArray(frame.payload)) return text;
  return JSON.stringify({ ...frame, payload: (frame.payload as WireError[]).map(presentable) });
}

const protocolFault = /^(Invalid payload type|Message must be a JSON string)$/;
const parseFailure = /^Syntax Error/;
const notValid = /^Variable "\$/;
const suggestion = / Did you mean [^?]*\?/g;

function presentable(error: WireError): object {
  const message = String(error.message).replace(suggestion, '');
  if (typeof error.extensions?.code === 'string') return { ...error, message };
  const code = codeOf(message);
  if (code !== undefined) return { message, extensions: { code } };
  if (isUnavailable(new Error(message))) {
    const said = 'Foyer cannot reach its database just now. Try again in a moment.';
    return { message: said, extensions: { code: 'UNAVAILABLE' } };
  }
  const faultId = newId();
  logger.error({ faultId, error: message }, 'A subscription failed.');
  return {
    message: `Something went wrong on our side. Quote fault ${faultId} to support.`,
    extensions: { code: 'INTERNAL', faultId },
  };
}

// What Mercurius and graphql-js say of a client's own words bears no code.
function codeOf(message: string): string | undefined {
  if (protocolFault.test(message)) return 'BAD_USER_INPUT';
  if (parseFailure.test(message)) return 'GRAPHQL_PARSE_FAILED';
  return notValid.test(message) ? 'GRAPHQL_VALIDATION_FAILED' : undefined;
}
