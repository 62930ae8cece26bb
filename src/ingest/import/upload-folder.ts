import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive, ownLife } from '../../platform/postgres/life.js';

const prefix = 'foyer-upload-';

/** A folder for a posted file, named after the process that works on it. */
export function newUploadFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), `${prefix}${ownLife()}.`));
}

/** Removes what processes left that were killed while they worked on a posted file: people's data belong nowhere but in the database. */
export async function clearAbandonedUploads(): Promise<void> {
  const left = (await readdir(tmpdir())).filter((name) => name.startsWith(prefix));
  for (const name of left) {
    const [life = ''] = name.slice(prefix.length).split('.');
    if (!isAlive(life)) await rm(join(tmpdir(), name), { recursive: true, force: true });
  }
}
