import { chown, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isAlive, pidOf, type Life } from './life.js';

/** What `server.json` keeps: how to reach the server, and which life serves, once it accepts connections. */
export interface ServerFile {
  readonly port: number;
  readonly password: string;
  readonly life?: Life;
}

/** Reads the file; undefined when it is missing or was not written by us. */
export async function readServerFile(path: string): Promise<ServerFile | undefined> {
  try {
    const { port, password, life } = JSON.parse(await readFile(path, 'utf8')) as Partial<Record<string, unknown>>;
    if (typeof port !== 'number' || typeof password !== 'string') return undefined;
    return typeof life === 'string' && isAlive(life) ? { port, password, life } : { port, password };
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes the file in one step, readable by the folder's owner only. */
export async function writeServerFile(path: string, { port, password, life }: ServerFile): Promise<void> {
  const pid = life === undefined ? undefined : pidOf(life);
  await writeFile(`${path}.new`, `${JSON.stringify({ port, pid, life, password }, null, 2)}\n`, { mode: 0o600 });
  await giveToFolderOwner(`${path}.new`);
  await rename(`${path}.new`, path);
}

/** A file that root made in another user's folder belongs to that user, who may start next without root. */
export async function giveToFolderOwner(path: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = await stat(dirname(path));
  if (uid !== 0) await chown(path, uid, gid);
}
