import { types } from 'node:util';

/** SQLSTATE classes and codes of a server that is away, starting, stopping or full. */
const serverAway = /^(08|57P0[1-4]|53300|57014$)/;
const socketAway = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT'],
  ...['ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN'],
]);
const driverAway =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after calling end|Connection is closed|not queryable|Query read timeout|max retries per request|enableOfflineQueue options is false/i;

/** Whether an error says that the database or Redis cannot be reached now, rather than that something is wrong. */
export function isUnavailable(error: unknown): boolean {
  // By its nature, not by its class: what Node itself throws is of another class wherever modules run in a context of their own.
  for (let cause = error; types.isNativeError(cause); cause = cause.cause) {
    const code = (cause as { code?: unknown }).code;
    if (typeof code === 'string' && (serverAway.test(code) || socketAway.has(code))) return true;
    if (driverAway.test(cause.message)) return true;
    const { errors } = cause as { errors?: unknown };
    if (Array.isArray(errors) && errors.some((inner) => isUnavailable(inner))) return true;
  }
  return false;
}
