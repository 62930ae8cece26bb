import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedPostgresFault } from './embedded-postgres.fault.js';
import { lifeOf, type Life } from './life.js';
import { until } from './until.js';

/** The server's first process, as its own lock file `postmaster.pid` describes it. */
export interface Postmaster {
  readonly life: Life;
  readonly port: number;
  readonly ready: boolean;
}

/** The server that runs on a data folder, if one does. */
export async function findPostmaster(data: string): Promise<Postmaster | undefined> {
  const lines = await readLockFile(data);
  const life = lifeOf(Number(lines[0]));
  if (life === undefined || !servesFrom(Number(lines[0]), data, true)) return undefined;
  return { life, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

/**
 * Clears what a killed server left: ends its last processes, and removes a lock file whose pid now belongs to another process,
 * which PostgreSQL would take for the server. A lock file of a dead pid stays: PostgreSQL looks into it for shared memory in use.
 */
export async function clearRemains(data: string): Promise<void> {
  await endOrphans(data);
  const [pid] = await readLockFile(data);
  if (exists(Number(pid))) await rm(join(data, 'postmaster.pid'), { force: true });
}

// They leave by themselves unless a long statement keeps them from noticing; what they had begun is undone by recovery either way.
async function endOrphans(data: string): Promise<void> {
  if (await until(() => orphans(data).length === 0, { within: 500 })) return;
  for (const pid of orphans(data)) sendKill(pid);
  if (await until(() => orphans(data).length === 0, { within: 5_000 })) return;
  throw new EmbeddedPostgresFault(
    `Processes ${orphans(data).join(', ')} of a killed PostgreSQL still work in ${data}: end them, then start again.`,
  );
}

function sendKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function readLockFile(data: string): Promise<string[]> {
  const text = await readFile(join(data, 'postmaster.pid'), 'latin1').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text.split('\n');
}

function orphans(data: string): number[] {
  if (process.platform !== 'linux') return [];
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => servesFrom(pid, data, false));
}

// Every process of a server works in its data folder; `unseen` is the answer where we may not look at that.
function servesFrom(pid: number, data: string, unseen: boolean): boolean {
  try {
    if (process.platform !== 'linux') return commandOf(pid).endsWith('postgres');
    if (readFileSync(`/proc/${pid}/comm`, 'latin1').trim() !== 'postgres') return false;
    return readlinkSync(`/proc/${pid}/cwd`) === data;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EACCES' && unseen;
  }
}

const commandOf = (pid: number): string =>
  execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8', env: { PATH: '/bin:/usr/bin' } }).trim();

// A zombie exists too, and PostgreSQL would wait for it as for a living server.
function exists(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
