import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../test/support/free-port.js';
import { arrivalsDocument, checkInDocument, document, endVisitDocument } from './document.js';
import { folder, programs } from './place.js';

/** A process that was started for a measurement. */
export interface Started {
  readonly child: ChildProcess;
  readonly url: string;
  /** Milliseconds from its start until it said that it can do its work. */
  readonly readyAfter: number;
  stop(): Promise<void>;
}

const work = join(folder, 'run');

const children = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/** Megabytes that each web process of the product took up when its part was over. */
export const webMemory: number[] = [];

/** Starts a program of ours as in production: quiet log, pool of 10, the bench's documents among the known ones. */
export async function run(
  kind: 'web' | 'worker',
  program: string,
  environment: Record<string, string>,
  options: { readonly args?: readonly string[]; readonly node?: readonly string[] } = {},
): Promise<Started> {
  mkdirSync(work, { recursive: true });
  const documents = join(work, 'documents.json');
  writeFileSync(documents, JSON.stringify({ document, arrivalsDocument, checkInDocument, endVisitDocument }));
  const port = await freePort();
  const logFile = join(work, `${kind}-${port}.log`);
  const log = openSync(logFile, 'w');
  const start = performance.now();
  const child = spawn(process.execPath, [...(options.node ?? []), program, ...(options.args ?? [])], {
    cwd: work,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      LOG_LEVEL: 'warn',
      FOYER_DIR: join(folder, 'foyer'),
      PORT: String(port),
      TABLET_DOCUMENTS: documents,
      ...environment,
    },
    stdio: ['ignore', log, log],
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  const url = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    if (program === programs.main && child.pid !== undefined) webMemory.push(residentMegabytes(child.pid));
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 6_000);
    await gone;
    clearTimeout(late);
  };
  while (kind === 'web' && !(await isReady(url))) {
    if (child.exitCode !== null || performance.now() - start > 60_000) {
      await stop();
      throw new Error(`${program} did not start:\n${readFileSync(logFile, 'utf8').slice(-2000)}`);
    }
    await sleep(5);
  }
  return { child, url, readyAfter: performance.now() - start, stop };
}

async function isReady(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
  return answer?.ok ?? false;
}

/** Resident memory of a process in megabytes; Linux says it in /proc. */
export function residentMegabytes(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  // A process that is just ending has no memory any more.
  return Number(kilobytes ?? 0) / 1024;
}
