import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import { EmbeddedPostgresFault } from './embedded-postgres.fault.js';

// Below the ports that systems hand out to outgoing connections, one of which could otherwise sit on ours while the server is down.
const first = 15_432;
const span = 16_000;

/** A free port of 127.0.0.1; a folder gets the same one as long as nobody else listens there. */
export async function freePort(folder: string): Promise<number> {
  const start = createHash('sha256').update(folder).digest().readUInt32BE() % span;
  for (let step = 0; step < 100; step += 1) {
    const port = first + ((start + step) % span);
    if (await isFree(port)) return port;
  }
  throw new EmbeddedPostgresFault('No free port found on 127.0.0.1: stop some servers, or set DATABASE_URL.');
}

/** Whether nobody listens on a port of 127.0.0.1. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
