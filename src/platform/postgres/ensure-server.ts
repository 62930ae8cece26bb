import { setTimeout as sleep } from 'node:timers/promises';
import { randomToken } from '../../shared/ids.js';
import { findBinaries, type Binaries } from './binaries.js';
import { createData, hasData, resetPassword } from './data-folder.js';
import { EmbeddedPostgresFault } from './embedded-postgres.fault.js';
import { freePort, isFree } from './free-port.js';
import type { Life } from './life.js';
import type { Place } from './place.js';
import { clearRemains, findPostmaster } from './postmaster.js';
import { readServerFile, writeServerFile, type ServerFile } from './server-file.js';
import { ensureDatabase, startServer, stopServer } from './server.js';

/** What the caller wishes of a server that has to be started. */
export interface Wishes {
  readonly settings: Readonly<Record<string, string>>;
  readonly log: (line: string) => void;
  readonly port?: number | undefined;
  /** Others use the server: it comes back under the same address or not at all. */
  readonly keepAddress: boolean;
}

/** A server that accepts connections. */
export type Running = ServerFile & { readonly life: Life };

/** Finds the running server of a folder, or starts it; the caller holds the folder's lock. */
export async function ensureServer(place: Place, wishes: Wishes): Promise<Running> {
  const file = await readServerFile(place.serverFile);
  if (file?.life !== undefined) return { ...file, life: file.life };
  const found = await findPostmaster(place.data);
  if (file !== undefined && found !== undefined) return adopt(place, file.password, found.life);
  if (found !== undefined) await stopStranger(place, found.life, wishes);
  return start(place, file, wishes);
}

// Whoever started it died before it could write that down.
async function adopt(place: Place, password: string, life: Life): Promise<Running> {
  let postmaster = await findPostmaster(place.data);
  while (postmaster?.life === life && !postmaster.ready) {
    await sleep(20);
    postmaster = await findPostmaster(place.data);
  }
  if (postmaster?.life === life) return record(place, { port: postmaster.port, password, life });
  throw new EmbeddedPostgresFault('PostgreSQL ended while it was starting: start again, or set DATABASE_URL.');
}

async function record(place: Place, running: Running): Promise<Running> {
  await ensureDatabase(running);
  await writeServerFile(place.serverFile, running);
  return running;
}

async function stopStranger(place: Place, life: Life, { keepAddress }: Wishes): Promise<void> {
  if (!keepAddress) return stopServer(life);
  throw new EmbeddedPostgresFault(
    `${place.serverFile} is lost while others use the database: end the other Foyer processes, then start again.`,
  );
}

async function start(place: Place, file: ServerFile | undefined, wishes: Wishes): Promise<Running> {
  const binaries = await findBinaries();
  const { password, port: last } = await prepareData(place, binaries, file, wishes);
  let port = await choosePort(place, last, wishes);
  // Between the look at a port and the server's own, another program may take it.
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    await writeServerFile(place.serverFile, { port, password });
    const life = await startServer({ ...wishes, place, binaries, port });
    if (typeof life === 'string') return record(place, { port, password, life });
    if (port === wishes.port || wishes.keepAddress) break;
    port = await freePort(place.folder);
  }
  throw portTaken(port);
}

async function prepareData(
  place: Place,
  binaries: Binaries,
  file: ServerFile | undefined,
  { settings, keepAddress }: Wishes,
): Promise<{ password: string; port: number | undefined }> {
  const password = file?.password ?? randomToken();
  const port = file?.port;
  if (await hasData(place)) {
    await clearRemains(place.data);
    if (file === undefined) await resetPassword(place, binaries, password);
    return { password, port };
  }
  if (keepAddress) {
    throw new EmbeddedPostgresFault(
      `${place.data} is gone while it is in use: put it back, or start Foyer again without it.`,
    );
  }
  // The password is on disk before the data that want it.
  await writeServerFile(place.serverFile, { port: port ?? 0, password });
  await createData(place, binaries, password, settings['fsync'] !== 'off');
  return { password, port };
}

async function choosePort(place: Place, last: number | undefined, { port, keepAddress }: Wishes): Promise<number> {
  const wanted = keepAddress ? last : (port ?? last);
  if (wanted !== undefined && wanted !== 0 && (await isFree(wanted))) return wanted;
  if (wanted !== undefined && wanted !== 0 && (keepAddress || wanted === port)) throw portTaken(wanted);
  return freePort(place.folder);
}

const portTaken = (port: number): EmbeddedPostgresFault =>
  new EmbeddedPostgresFault(
    `Port ${port} of 127.0.0.1 is taken: stop the program that listens there, choose another port, or set DATABASE_URL.`,
  );
