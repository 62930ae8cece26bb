import { readlink, symlink, unlink } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, ownLife } from './life.js';

/**
 * Does the work while no other process on this machine does work under the same path.
 * The lock is a symbolic link whose target names the holder's life: made atomically with its content, void when the holder died.
 */
export async function underLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  await acquire(path);
  try {
    return await work();
  } finally {
    await unlink(path);
  }
}

async function acquire(path: string): Promise<void> {
  while (!(await take(path))) {
    const holder = await heldBy(path);
    if (holder === undefined) continue;
    if (isAlive(holder)) await sleep(20);
    else await underLock(`${path}.${holder}`, () => clearAfter(holder, path));
  }
}

async function take(path: string): Promise<boolean> {
  try {
    await symlink(ownLife(), path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function heldBy(path: string): Promise<string | undefined> {
  try {
    return await readlink(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

// Only who holds the lock named after the dead holder may remove what it left: nobody removes a successor's lock.
async function clearAfter(holder: string, path: string): Promise<void> {
  if ((await heldBy(path)) === holder) await unlink(path);
}
