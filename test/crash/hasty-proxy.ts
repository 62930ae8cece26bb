import { once } from 'node:events';
import { createServer, request as ask, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

const answers = {
  saveConfiguration: { data: { saveConfiguration: { __typename: 'SavedConfiguration' } } },
  checkIn: { data: { checkIn: { __typename: 'CheckedIn' } } },
  batch: { success: true },
} as const;

/**
 * The mistake that the crash test must find: a web process that acknowledges what it has heard before it has committed it.
 * Whoever asks gets the answer as soon as the process has the request; what becomes of it nobody waits for.
 */
export async function openHastyProxy(target: string): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const { authorization = '' } = request.headers;
      const headers = { 'content-type': 'application/json', authorization, 'content-length': Buffer.byteLength(body) };
      const forwarded = ask(`${target}${request.url}`, { method: 'POST', headers, agent: false });
      forwarded.once('finish', () => {
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify(answerTo(request.url ?? '', body)));
      });
      forwarded.once('response', (answer) => answer.resume());
      forwarded.once('error', () => {
        if (!response.headersSent) response.writeHead(503).end();
      });
      forwarded.end(body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

function answerTo(path: string, body: string): object {
  if (path.startsWith('/v1/')) return answers.batch;
  return body.includes('saveConfiguration') ? answers.saveConfiguration : answers.checkIn;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
