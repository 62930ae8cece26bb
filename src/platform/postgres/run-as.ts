import { execFile, type SpawnOptions } from 'node:child_process';
import { chmod, chown, lchown, readdir, readFile, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { EmbeddedPostgresFault } from './embedded-postgres.fault.js';

const run = promisify(execFile);

/** The owner of the data as the file system knows it. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** How a program of PostgreSQL, which refuses to run as root, is started here. */
export interface RunAs {
  /** Comes before the program; empty when it is started directly. */
  readonly prefix: readonly string[];
  readonly options: Pick<SpawnOptions, 'uid' | 'gid'>;
  readonly owner: Owner;
  /** What the reader of the log should know, if anything. */
  readonly notice?: string;
}

/**
 * What PostgreSQL sees of the environment: nothing of ours, English messages, UTC. Its processes keep up to 16 MB that they have freed: by its own
 * settings glibc gives memory back after every other statement and asks for it anew, which took a tenth of the work of short ones and more.
 */
export const environment = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
  MALLOC_TOP_PAD_: String(1024 * 1024),
  MALLOC_TRIM_THRESHOLD_: String(16 * 1024 * 1024),
  MALLOC_MMAP_THRESHOLD_: String(8 * 1024 * 1024),
};

/**
 * Finds a way to run PostgreSQL that may write the data folder.
 * An ordinary user runs it as himself. Root runs it as the data's owner; where that is root too, in a user namespace, in which
 * PostgreSQL takes itself for nobody while the disk sees root; where namespaces are refused, as a dedicated user.
 */
export async function chooseRunAs(data: string): Promise<RunAs> {
  const { uid, gid } = await stat(data);
  const self = process.getuid?.() ?? uid;
  const plain = { prefix: [], options: {}, owner: { uid: self, gid } };
  if (self !== 0 && hasName()) return plain;
  if (uid === self) {
    const inNamespace = { ...plain, prefix: namespace };
    if (await mayWrite(inNamespace, data)) return inNamespace;
  }
  if (self !== 0) return plain;
  return asUser(data, uid === 0 ? await dedicatedUser() : { uid, gid });
}

// A container may run under a number that no user has; initdb wants a name.
function hasName(): boolean {
  try {
    return userInfo().username !== '';
  } catch {
    return false;
  }
}

const namespace = ['unshare', '--user', '--map-user=65534', '--map-group=65534', '--'];

async function asUser(data: string, owner: Owner): Promise<RunAs> {
  await giveTo(owner, data);
  // The user must pass through the folder; what lies in it stays closed to him.
  await chmod(dirname(data), 0o711);
  const plain: RunAs = { prefix: [], options: { ...owner }, owner, notice: notice(owner, data) };
  if (await mayWrite(plain, data)) return plain;
  // Folders above are closed to the user (as /root is): he keeps the one right of root that opens them.
  const through: RunAs = { prefix: keepPassing(owner), options: {}, owner, notice: notice(owner, data) };
  if (await mayWrite(through, data)) return through;
  throw new EmbeddedPostgresFault(
    `PostgreSQL refuses to run as root, and user ${owner.uid} cannot reach ${data}: start as an ordinary user, or set DATABASE_URL.`,
  );
}

const keepPassing = ({ uid, gid }: Owner): string[] => [
  'setpriv',
  `--reuid=${uid}`,
  `--regid=${gid}`,
  '--clear-groups',
  '--inh-caps=-all,+dac_override',
  '--ambient-caps=-all,+dac_override',
  '--no-new-privs',
  '--',
];

const notice = ({ uid }: Owner, data: string): string =>
  `PostgreSQL refuses to run as root: it runs as user ${uid}, who owns ${data}.`;

async function dedicatedUser(): Promise<Owner> {
  const users = new Map<string, Owner>();
  for (const line of (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n')) {
    const [name, , uid, gid] = line.split(':');
    if (name !== undefined) users.set(name, { uid: Number(uid), gid: Number(gid) });
  }
  const owner = users.get('foyer') ?? users.get('postgres') ?? users.get('nobody');
  if (owner === undefined || owner.uid === 0) {
    throw new EmbeddedPostgresFault(
      'PostgreSQL refuses to run as root: add a user named foyer, start as an ordinary user, or set DATABASE_URL.',
    );
  }
  return owner;
}

async function giveTo(owner: Owner, path: string): Promise<void> {
  if ((await stat(path)).uid === owner.uid) return;
  for (const entry of await readdir(path, { recursive: true })) await lchown(join(path, entry), owner.uid, owner.gid);
  await chown(path, owner.uid, owner.gid);
}

async function mayWrite({ prefix, options }: RunAs, data: string): Promise<boolean> {
  const [program, ...args] = [...prefix, 'sh', '-c', 'test "$(id -u)" != 0 && test -w "$0" && test -x "$0"', data];
  return run(program ?? 'sh', args, { ...options, cwd: '/', env: environment }).then(
    () => true,
    () => false,
  );
}
