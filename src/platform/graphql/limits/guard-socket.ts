import type { RawData, WebSocket } from 'ws';
import { seconds } from '../../../shared/clock.js';
import { FrameGate } from './frame-gate.js';
import { mostTokens } from './limits.js';
import { withoutInternals } from './socket-error.js';

/** Largest frame of a client, in bytes. */
export const largestFrame = 64 * 1024;
/** How long a socket may stay silent before it introduces itself. */
const patience = seconds(10);

/** Puts the gate in front of whoever listens to a socket, and keeps internals out of what is sent. */
export function guardSocket(socket: WebSocket): void {
  const gate = new FrameGate(mostTokens);
  const silence = setTimeout(() => {
    if (!gate.isIntroduced) socket.close(4408, 'Connection initialisation timeout');
  }, patience);
  silence.unref();
  socket.once('close', () => clearTimeout(silence));

  const emit = socket.emit.bind(socket) as (event: string, ...rest: unknown[]) => boolean;
  socket.emit = (event: string, ...rest: unknown[]): boolean =>
    event !== 'message' || pass(socket, gate, rest[0] as RawData) ? emit(event, ...rest) : true;

  const send = socket.send.bind(socket) as (data: unknown, ...rest: unknown[]) => void;
  socket.send = (data: unknown, ...rest: unknown[]): void => {
    if (typeof data !== 'string') return send(data, ...rest);
    gate.send(data);
    send(withoutInternals(data), ...rest);
  };
}

function pass(socket: WebSocket, gate: FrameGate, data: RawData): boolean {
  if (socket.readyState !== socket.OPEN) return false;
  const verdict = gate.receive(textOf(data));
  if (verdict === 'pass') return true;
  if ('reply' in verdict) socket.send(JSON.stringify(verdict.reply));
  else socket.close(verdict.close, verdict.reason);
  return false;
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return Buffer.isBuffer(data) ? data.toString('utf8') : Buffer.from(data).toString('utf8');
}
