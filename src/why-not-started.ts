import { whyClosed } from './platform/database/why-closed.js';
import { ConfigError } from './shared/config.js';

type ListenError = Error & { readonly code: string; readonly address?: string; readonly port?: number };

/** Why a process could not start, in one line that says what to do next; undefined where something else went wrong. */
export function whyNotStarted(error: unknown): string | undefined {
  if (error instanceof ConfigError || (error instanceof Error && error.name === 'EmbeddedPostgresFault')) {
    return error.message;
  }
  return whyNotListening(error) ?? whyClosed(error);
}

function whyNotListening(error: unknown): string | undefined {
  if ((error as { syscall?: unknown }).syscall !== 'listen') return undefined;
  const { code, address, port, message } = error as ListenError;
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken: stop the program that listens there, or set PORT.`;
    case 'EACCES':
      return `This user may not listen on port ${port}: set PORT to 1024 or more.`;
    case 'EADDRNOTAVAIL':
      return `${address} is no address of this machine: correct HOST.`;
    default:
      return `Foyer cannot listen (${message}): correct HOST or PORT.`;
  }
}
