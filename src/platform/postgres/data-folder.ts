import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Binaries } from './binaries.js';
import { EmbeddedPostgresFault } from './embedded-postgres.fault.js';
import type { Place } from './place.js';
import { chooseRunAs, environment, type RunAs } from './run-as.js';

const run = promisify(execFile);

/** The only role of the server, which is its superuser, and the name of the database. */
export const name = 'foyer';

/** Whether the data folder is there, complete. */
export async function hasData({ data }: Place): Promise<boolean> {
  return stat(data).then(
    () => true,
    () => false,
  );
}

/** Creates the data folder: UTF-8, ordered by code point, upper and lower case of all scripts, without the system's locales. */
export async function createData(
  place: Place,
  { initdb }: Binaries,
  password: string,
  durable: boolean,
): Promise<void> {
  await rm(place.unfinished, { recursive: true, force: true });
  await mkdir(place.unfinished, { mode: 0o700 });
  const as = await chooseRunAs(place.unfinished);
  const passwordFile = join(place.folder, 'password.new');
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (as.owner.uid !== process.getuid?.()) await chown(passwordFile, as.owner.uid, as.owner.gid);
  try {
    await runAs(as, initdb, place.unfinished, [
      ...['-D', place.unfinished, '-U', name, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
      ...['-E', 'UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions'],
      ...(durable ? [] : ['--no-sync']),
    ]);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(place.unfinished, place.data);
}

async function runAs(as: RunAs, program: string, cwd: string, args: string[]): Promise<void> {
  const [command = program, ...rest] = [...as.prefix, program, ...args];
  try {
    await run(command, rest, { ...as.options, cwd, env: environment });
  } catch (error) {
    const { stderr = '', message } = error as { stderr?: string; message: string };
    const reason = /(?:FATAL|PANIC|error): +(.*)/.exec(stderr)?.[1] ?? message;
    throw new EmbeddedPostgresFault(
      `PostgreSQL could not create its data in ${cwd}: ${reason}. Mend that and start again, or set DATABASE_URL.`,
      { cause: error },
    );
  }
}

/** Gives the role a new password while no server runs, for data whose `server.json` was lost. */
export async function resetPassword(place: Place, { postgres }: Binaries, password: string): Promise<void> {
  const as = await chooseRunAs(place.data);
  const [command = postgres, ...args] = [...as.prefix, postgres, '--single', '-D', place.data, 'postgres'];
  const single = spawn(command, args, {
    ...as.options,
    cwd: place.data,
    env: environment,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // randomToken writes only letters, digits, - and _.
  single.stdin?.end(`ALTER ROLE ${name} PASSWORD '${password}'\n`);
  const [code] = (await once(single, 'exit')) as [number | null];
  if (code === 0) return;
  throw new EmbeddedPostgresFault(
    `${place.serverFile} is lost and the password of ${place.data} could not be set anew: restore that file, or remove the folder.`,
  );
}
