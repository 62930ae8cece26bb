import type { RawData, WebSocket } from 'ws';
import { seconds } from '../../../shared/clock.js';
import type { PersistedDocuments } from '../persisted-documents.js';
import { FrameGate } from './frame-gate.js';
import { mostTokens } from './limits.js';
import { spelledOut } from './named-document.js';
import { withoutInternals } from './socket-error.js';

/** Largest frame of a client, in bytes. */
export const largestFrame = 64 * 1024;
/** How long a socket may stay silent before it introduces itself. */
const patience = seconds(10);

/**
 * Puts the gate in front of whoever listens to a socket, and keeps internals out of what is sent.
 * A document that a frame only names is put into it, because Mercurius knows named documents over HTTP alone.
 */
export function guardSocket(socket: WebSocket, documents: Pick<PersistedDocuments, 'named'>): void {
  const gate = new FrameGate(mostTokens);
  const silence = setTimeout(() => {
    if (!gate.isIntroduced) socket.close(4408, 'Connection initialisation timeout');
  }, patience);
  silence.unref();
  socket.once('close', () => clearTimeout(silence));

  const emit = socket.emit.bind(socket) as (event: string, ...rest: unknown[]) => boolean;
  socket.emit = (event: string, ...rest: unknown[]): boolean => {
    if (event !== 'message') return emit(event, ...rest);
    const frame = spelledOut(textOf(rest[0] as RawData), documents);
    return pass(socket, gate, frame) ? emit(event, Buffer.from(frame), false) : true;
  };

  const send = socket.send.bind(socket) as (data: unknown, ...rest: unknown[]) => void;
  socket.send = (data: unknown, ...rest: unknown[]): void => {
    if (typeof data !== 'string') return send(data, ...rest);
    gate.send(data);
    send(withoutInternals(data), ...rest);
  };
}

function pass(socket: WebSocket, gate: FrameGate, frame: string): boolean {
  if (socket.readyState !== socket.OPEN) return false;
  const verdict = gate.receive(frame);
  if (verdict === 'pass') return true;
  if ('reply' in verdict) socket.send(JSON.stringify(verdict.reply));
  else socket.close(verdict.close, verdict.reason);
  return false;
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return Buffer.isBuffer(data) ? data.toString('utf8') : Buffer.from(data).toString('utf8');
}
