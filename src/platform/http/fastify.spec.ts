import { PassThrough } from 'node:stream';
import type { Socket } from 'node:net';
import { cutOff } from './fastify.js';

const answerTo = (code: string): { text: string; destroyed: boolean } => {
  const socket = new PassThrough();
  cutOff(Object.assign(new Error(code), { code }), socket as unknown as Socket);
  return { text: String(socket.read() ?? ''), destroyed: socket.destroyed };
};

describe('a connection that goes wrong', () => {
  it('is answered with 400 when it speaks no HTTP', () => {
    expect(answerTo('HPE_INVALID_METHOD').text).toMatch(/^HTTP\/1.1 400 /);
  });

  it('is cut without an answer when it is too slow: 408 would be tried again for hours', () => {
    expect(answerTo('ERR_HTTP_REQUEST_TIMEOUT')).toEqual({ text: '', destroyed: true });
    expect(answerTo('ECONNRESET')).toEqual({ text: '', destroyed: true });
  });
});
