import { transformFile } from '@swc/core';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { joinEmbeddedPostgres, type EmbeddedPostgres, type JoinOptions } from './embedded-postgres.js';
import { lifeOf, pidOf } from './life.js';
import { openPlace } from './place.js';
import { findPostmaster } from './postmaster.js';
import { stopServer } from './server.js';
import { until } from './until.js';

const quick = { settings: { fsync: 'off', shared_buffers: '16MB' } };
const folders: string[] = [];
const children: ChildProcess[] = [];
const memberships: EmbeddedPostgres[] = [];
let compiled: string;

beforeAll(async () => {
  compiled = await compile();
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const membership of memberships.splice(0)) await membership.leave();
  for (const folder of folders.splice(0)) {
    const server = await findPostmaster(join(folder, 'data'));
    if (server !== undefined) await stopServer(server.life);
    await rm(folder, { recursive: true, force: true });
  }
});

afterAll(() => rm(compiled, { recursive: true, force: true }));

describe('the first process', () => {
  it('creates a durable UTF-8 database in UTC that only this machine and the password reach', async () => {
    const dir = await newFolder();
    const { url } = await enter({ dir });

    expect(await ask(url, 'SELECT current_database() AS v')).toBe('foyer');
    expect(await ask(url, `SELECT current_setting('server_encoding') || lower('É') AS v`)).toBe('UTF8é');
    for (const [setting, value] of Object.entries(durable)) {
      expect([setting, await ask(url, `SELECT current_setting('${setting}') AS v`)]).toEqual([setting, value]);
    }
    const wrong = url.replace(/:[^:@]+@/, ':wrong@');
    await expect(ask(wrong, 'SELECT 1 AS v')).rejects.toThrow('password authentication failed');
    expect((await stat(join(dir, 'server.json'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(dir, 'data'))).mode & 0o077).toBe(0);
  });

  it('starts again with its data under the same address', async () => {
    const dir = await newFolder();
    const first = await enter({ dir, ...quick });
    await ask(first.url, 'CREATE TABLE kept AS SELECT 7 AS v');
    await first.leave();
    expect(await serverOf(dir)).toBeUndefined();

    const second = await enter({ dir, ...quick });
    expect(second.url).toBe(first.url);
    expect(await ask(second.url, 'SELECT v FROM kept')).toBe(7);
  });

  it('begins anew when it was killed while it created the data', async () => {
    const dir = await newFolder();
    await mkdir(join(dir, 'data.new/base'), { recursive: true });
    await writeFile(join(dir, 'data.new/PG_VERSION'), '18\n');

    const { url } = await enter({ dir, ...quick });
    expect(await ask(url, 'SELECT 1 AS v')).toBe(1);
  });
});

describe('several processes', () => {
  it('share one server, and the last one out stops it', async () => {
    const dir = await newFolder();
    const [web, worker] = await Promise.all([startChild(dir), startChild(dir)]);
    expect(worker.url).toBe(web.url);
    expect(serversIn(dir)).toHaveLength(1);

    await end(web.child, 'SIGTERM');
    expect(await ask(worker.url, 'SELECT 1 AS v')).toBe(1);

    await end(worker.child, 'SIGTERM');
    expect(serversIn(dir)).toHaveLength(0);
    expect(await readdir(join(dir, 'members'))).toEqual([]);
  });

  it('lose nothing to a Ctrl-C that reaches their whole group', async () => {
    const dir = await newFolder();
    const { child, url } = await startChild(dir);
    const before = await serverOf(dir);

    process.kill(-(child.pid ?? 0), 'SIGINT');
    await sleep(300);
    expect(await serverOf(dir)).toEqual(before);
    expect(await ask(url, 'SELECT 1 AS v')).toBe(1);
  });

  it('find the server that a killed process left behind', async () => {
    const dir = await newFolder();
    const killed = await startChild(dir);
    const before = await serverOf(dir);
    await end(killed.child, 'SIGKILL');

    const next = await enter({ dir, ...quick });
    expect(next.url).toBe(killed.url);
    expect(await serverOf(dir)).toEqual(before);
    expect(await readdir(join(dir, 'members'))).toHaveLength(1);

    await next.leave();
    expect(serversIn(dir)).toHaveLength(0);
  });

  it('find a server whose starter died before it could say so', async () => {
    const dir = await newFolder();
    const { child, url } = await startChild(dir);
    const before = await serverOf(dir);
    await end(child, 'SIGKILL');
    const { port, password } = JSON.parse(await readFile(join(dir, 'server.json'), 'utf8')) as Record<string, unknown>;
    await writeFile(join(dir, 'server.json'), JSON.stringify({ port, password }));

    expect((await enter({ dir, ...quick })).url).toBe(url);
    expect(await serverOf(dir)).toEqual(before);
  });

  it('do not wait for a dead process that held the lock', async () => {
    const dir = await newFolder();
    const dead = spawn('true');
    await once(dead, 'exit');
    await symlink(`${dead.pid}-1-deadbeef`, join(dir, 'lock'));

    const [one, other] = await Promise.all([startChild(dir), startChild(dir)]);
    expect(one.url).toBe(other.url);
    expect(serversIn(dir)).toHaveLength(1);
    expect((await readdir(dir)).filter((name) => name.startsWith('lock'))).toEqual([]);
  });
});

describe('a server that died', () => {
  it('is back within three seconds under the same address, with all that was committed', async () => {
    const dir = await newFolder();
    const lines: string[] = [];
    const { url } = await enter({ dir, log: (line) => lines.push(line) });
    const other = await startChild(dir);
    await ask(url, 'CREATE TABLE kept AS SELECT 7 AS v');
    const before = await serverOf(dir);

    process.kill(before?.pid ?? 0, 'SIGKILL');
    expect(await until(() => answers(url), { within: 3_000, every: 50 })).toBe(true);

    expect(await ask(other.url, 'SELECT v FROM kept')).toBe(7);
    expect(serversIn(dir)).toHaveLength(1);
    expect((await serverOf(dir))?.pid).not.toBe(before?.pid);
    expect(await until(() => lines.length > 0, { within: 1_000 })).toBe(true);
    expect(lines).toEqual(['PostgreSQL had died and runs again.']);
  });

  it('starts although its lock file names a process that got its pid', async () => {
    const dir = await newFolder();
    const { child, url } = await startChild(dir);
    await ask(url, 'CREATE TABLE kept AS SELECT 7 AS v');
    await killAll(dir, child);
    const lockFile = join(dir, 'data/postmaster.pid');
    const [, ...rest] = (await readFile(lockFile, 'utf8')).split('\n');
    await writeFile(lockFile, [process.pid, ...rest].join('\n'));

    const again = await enter({ dir, ...quick });
    expect(await ask(again.url, 'SELECT v FROM kept')).toBe(7);
  });

  it('ends a statement that outlived it', async () => {
    const dir = await newFolder();
    const { url } = await enter({ dir, ...quick });
    const busy = ask(url, `DO $$ BEGIN LOOP END LOOP; END $$`).catch(() => 'ended');
    expect(await until(() => answers(url), { within: 1_000 })).toBe(true);

    process.kill((await serverOf(dir))?.pid ?? 0, 'SIGKILL');
    expect(await busy).toBe('ended');
    expect(await until(() => answers(url), { within: 3_000, every: 50 })).toBe(true);
  });

  it('takes another port when its own was taken meanwhile and nobody waits for it', async () => {
    const dir = await newFolder();
    const first = await enter({ dir, ...quick });
    await first.leave();
    const intruder = await listen(Number(new URL(first.url).port));

    const second = await enter({ dir, ...quick });
    intruder.close();
    expect(new URL(second.url).port).not.toBe(new URL(first.url).port);
    expect(await ask(second.url, 'SELECT 1 AS v')).toBe(1);
  });

  it('gets a new password when server.json was lost, and keeps its data', async () => {
    const dir = await newFolder();
    const first = await enter({ dir, ...quick });
    await ask(first.url, 'CREATE TABLE kept AS SELECT 7 AS v');
    await first.leave();
    await rm(join(dir, 'server.json'));

    const second = await enter({ dir, ...quick });
    expect(second.url).not.toBe(first.url);
    expect(await ask(second.url, 'SELECT v FROM kept')).toBe(7);
  });
});

describe('what cannot work is said in one line with a way out', () => {
  it('a port that is taken', async () => {
    const dir = await newFolder();
    const intruder = await listen(0);
    const { port } = intruder.address() as { port: number };
    await expect(enter({ dir, port, ...quick })).rejects.toThrow(
      `Port ${port} of 127.0.0.1 is taken: stop the program that listens there, choose another port, or set DATABASE_URL.`,
    );
    intruder.close();
    expect(await readdir(join(dir, 'members'))).toEqual([]);
  });

  it('a file where the folder should be', async () => {
    const dir = join(await newFolder(), 'file');
    await writeFile(dir, '');
    await expect(enter({ dir })).rejects.toThrow(
      `Cannot write ${dir} (EEXIST): a file is in the way: remove it, or choose another folder.`,
    );
  });

  it('a setting that PostgreSQL refuses', async () => {
    const dir = await newFolder();
    await expect(enter({ dir, settings: { fsync: 'off', shared_buffers: 'much' } })).rejects.toThrow(
      `PostgreSQL did not start: invalid value for parameter "shared_buffers": "much". Mend that (more in ${dir}/postgres.log)`,
    );
  });

  it('a folder that this user may not write', async () => {
    const dir = await newFolder();
    await chmod(dir, 0o555);
    // Root may write everywhere; nobody stands in for an ordinary user.
    const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    await expect(startChild(join(dir, 'foyer'), user)).rejects.toThrow(
      /^Cannot write \S+ \(EACCES\): give this user the folder, start as its owner, or set DATABASE_URL\.$/,
    );
  });
});

const durable = {
  fsync: 'on',
  synchronous_commit: 'on',
  max_connections: '200',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  TimeZone: 'UTC',
};

/** A folder as `mktemp -d` makes it: closed to everybody else. */
async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'foyer-postgres-'));
  folders.push(folder);
  return folder;
}

async function enter(options: JoinOptions): Promise<EmbeddedPostgres> {
  const membership = await joinEmbeddedPostgres(options);
  memberships.push(membership);
  return membership;
}

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ v: unknown }>(sql);
    return rows[0]?.v;
  } finally {
    await client.end();
  }
}

const answers = (url: string): Promise<boolean> =>
  ask(url, 'SELECT 1 AS v').then(
    () => true,
    () => false,
  );

async function serverOf(dir: string): Promise<{ pid: number; port: number } | undefined> {
  const server = await findPostmaster((await openPlace(dir)).data);
  return server && { pid: pidOf(server.life), port: server.port };
}

function serversIn(dir: string): string[] {
  const lines = execFileSync('ps', ['-eo', 'stat=,args='], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => !line.startsWith('Z') && line.includes(`postgres -D ${dir}/data`));
}

async function listen(port: number): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** Another process of the same Foyer, in a process group of its own as a terminal would make it; SIGTERM makes it leave. */
async function startChild(
  dir: string,
  user: { uid?: number; gid?: number } = {},
): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [join(compiled, 'child.js'), dir], {
    ...user,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  if (child.stdout === null) throw new Error('The child has no output.');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const { url, fault } = JSON.parse(line) as { url: string; fault?: string };
  if (fault !== undefined) throw new Error(fault);
  return { child, url };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  child.kill(signal);
  await once(child, 'exit');
}

async function killAll(dir: string, child: ChildProcess): Promise<void> {
  const pid = (await serverOf(dir))?.pid ?? 0;
  await end(child, 'SIGKILL');
  process.kill(pid, 'SIGKILL');
  await until(() => lifeOf(pid) === undefined, { within: 2_000 });
}

const childScript = `
import { joinEmbeddedPostgres } from './platform/postgres/embedded-postgres.js';
const alive = setInterval(() => undefined, 1000);
process.on('SIGINT', () => undefined);
const settings = { fsync: 'off', shared_buffers: '16MB' };
try {
  const membership = await joinEmbeddedPostgres({ dir: process.argv[2], settings });
  process.on('SIGTERM', () => membership.leave().then(() => clearInterval(alive)));
  console.log(JSON.stringify({ url: membership.url }));
} catch (error) {
  console.log(JSON.stringify({ fault: error.message }));
  clearInterval(alive);
}
`;

/** Compiles what a child process needs into a folder from which node finds the packages. */
async function compile(): Promise<string> {
  const source = join(import.meta.dirname, '../..');
  const cache = join(source, '../node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const target = await mkdtemp(join(cache, 'foyer-postgres-'));
  await chmod(target, 0o755);
  for (const folder of ['shared', 'platform/postgres']) {
    for (const file of await readdir(join(source, folder))) {
      if (file.endsWith('.ts') && !file.endsWith('.spec.ts')) await compileFile(source, join(folder, file), target);
    }
  }
  await writeFile(join(target, 'package.json'), '{ "type": "module" }');
  await writeFile(join(target, 'child.js'), childScript);
  return target;
}

async function compileFile(source: string, file: string, target: string): Promise<void> {
  const options = { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } } as const;
  const { code } = await transformFile(join(source, file), { ...options, configFile: false, swcrc: false });
  const output = join(target, file.replace(/\.ts$/, '.js'));
  if (!existsSync(dirname(output))) await mkdir(dirname(output), { recursive: true });
  await writeFile(output, code);
}
