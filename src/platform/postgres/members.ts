import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomToken } from '../../shared/ids.js';
import { isAlive, ownLife } from './life.js';
import { giveToFolderOwner } from './server-file.js';

/** Signs this process in: one empty file named after its life. Returns the file, which signs it out when removed. */
export async function signIn(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await giveToFolderOwner(folder);
  const file = join(folder, `${ownLife()}.${randomToken(6)}`);
  await writeFile(file, '');
  return file;
}

/** How many members still live; the names of those that died without a word are removed. */
export async function countMembers(folder: string): Promise<number> {
  let living = 0;
  for (const name of await readdir(folder)) {
    if (isAlive(name.slice(0, name.indexOf('.')))) living += 1;
    else await rm(join(folder, name), { force: true });
  }
  return living;
}
