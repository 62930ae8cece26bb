import { spawn, type ChildProcess } from 'node:child_process';
import { open, readFile, rename, stat, statfs } from 'node:fs/promises';
import pg from 'pg';
import type { Binaries } from './binaries.js';
import { name } from './data-folder.js';
import { EmbeddedPostgresFault } from './embedded-postgres.fault.js';
import { isAlive, lifeOf, pidOf, type Life } from './life.js';
import type { Place } from './place.js';
import { findPostmaster } from './postmaster.js';
import { chooseRunAs, environment } from './run-as.js';
import { giveToFolderOwner, type ServerFile } from './server-file.js';
import { serverArguments } from './server-settings.js';
import { until } from './until.js';

const largestLog = 10_000_000;

/** What a start needs to know. */
export interface Start {
  readonly place: Place;
  readonly binaries: Binaries;
  readonly port: number;
  readonly settings: Readonly<Record<string, string>>;
  readonly log: (line: string) => void;
}

/** Another program listens on the port. */
export interface PortTaken {
  readonly portTaken: true;
}

/**
 * Starts the server in a session of its own, which neither Ctrl-C in the terminal nor the death of this process reaches.
 * Resolves when it accepts connections; `portTaken` when another program listens on the port.
 */
export async function startServer(start: Start): Promise<Life | PortTaken> {
  const { place, binaries, log } = start;
  const as = await chooseRunAs(place.data);
  if (as.notice !== undefined) log(as.notice);
  const { file, length } = await openLog(place.log);
  const { bavail, bsize } = await statfs(place.data);
  try {
    const [command = binaries.postgres, ...args] = [...as.prefix, binaries.postgres, '-D', place.data];
    const server = spawn(command, [...args, ...serverArguments(start.port, start.settings, bavail * bsize)], {
      ...as.options,
      cwd: place.data,
      env: environment,
      detached: true,
      stdio: ['ignore', file.fd, file.fd],
    });
    server.on('error', () => undefined);
    server.unref();
    const life = await whenReady(server, start);
    if (life !== undefined) return life;
  } finally {
    await file.close();
  }
  return whyNot(place, (await readFile(place.log)).subarray(length).toString());
}

async function openLog(path: string): Promise<{ file: Awaited<ReturnType<typeof open>>; length: number }> {
  const length = await stat(path).then(
    ({ size }) => size,
    () => 0,
  );
  if (length > largestLog) await rename(path, `${path}.1`);
  const file = await open(path, 'a', 0o600);
  await giveToFolderOwner(path);
  return { file, length: length > largestLog ? 0 : length };
}

// Recovery after a kill may take long; as long as the server lives it works towards being ready.
async function whenReady(server: ChildProcess, { place, log }: Start): Promise<Life | undefined> {
  const ended = (): boolean => server.pid === undefined || server.exitCode !== null || server.signalCode !== null;
  const ready = async (): Promise<boolean> => {
    const postmaster = await findPostmaster(place.data);
    return postmaster?.ready === true && pidOf(postmaster.life) === server.pid;
  };
  while (!(await until(async () => ended() || (await ready()), { within: 5_000 }))) {
    log(`PostgreSQL is recovering the data in ${place.data}.`);
  }
  return server.pid === undefined || ended() ? undefined : lifeOf(server.pid);
}

function whyNot({ log }: Place, said: string): PortTaken {
  if (said.includes('Address already in use')) return { portTaken: true };
  const reason = /(?:FATAL|PANIC|error while loading shared libraries): +(.*)/.exec(said)?.[1] ?? 'it gave no reason';
  throw new EmbeddedPostgresFault(
    `PostgreSQL did not start: ${reason}. Mend that (more in ${log}) and start again, or set DATABASE_URL.`,
  );
}

/** The address of the database. */
export const urlOf = ({ port, password }: ServerFile, database = name): string =>
  `postgresql://${name}:${password}@127.0.0.1:${port}/${database}`;

/** Creates the database unless it is there. */
export async function ensureDatabase(file: ServerFile): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(file, 'postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${name}`);
  } finally {
    await client.end();
  }
}

// Fast: ends sessions and writes all to disk. Quit: ends at once; the next start recovers from the log, nothing is lost.
const ways = [
  { signal: 'SIGINT', within: 1_500 },
  { signal: 'SIGQUIT', within: 500 },
  { signal: 'SIGKILL', within: 300 },
] as const;

/** Stops the server within two and a half seconds. */
export async function stopServer(life: Life): Promise<void> {
  for (const { signal, within } of ways) {
    if (!isAlive(life)) return;
    try {
      process.kill(pidOf(life), signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
    if (await until(() => !isAlive(life), { within })) return;
  }
}
