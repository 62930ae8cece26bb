import { transformFile } from '@swc/core';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import {
  joinEmbeddedPostgres,
  type EmbeddedPostgres,
  type JoinOptions,
} from '../../src/platform/postgres/embedded-postgres.js';
import { lifeOf, pidOf } from '../../src/platform/postgres/life.js';
import { openPlace } from '../../src/platform/postgres/place.js';
import { findPostmaster } from '../../src/platform/postgres/postmaster.js';
import { stopServer } from '../../src/platform/postgres/server.js';
import { until } from '../../src/platform/postgres/until.js';

/** Settings with which a server that holds nothing of worth starts fast. */
export const quick = { settings: { fsync: 'off', shared_buffers: '16MB' } };

const folders: string[] = [];
const children: ChildProcess[] = [];
const memberships: EmbeddedPostgres[] = [];
let compiled = '';
let model: Promise<string> | undefined;

/** Makes child processes possible; before all tests. */
export async function setStage(): Promise<void> {
  compiled = await compile();
}

/** Ends every process and removes every folder of a test. */
export async function clearStage(): Promise<void> {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const membership of memberships.splice(0)) await membership.leave();
  // The last made is in none that was made after it.
  for (const folder of folders.splice(0).reverse()) {
    const server = await findPostmaster(join(folder, 'data'));
    if (server !== undefined) await stopServer(server.life);
    await rm(folder, { recursive: true, force: true });
  }
}

/** Removes what was made for all tests; after the last. */
export async function strikeStage(): Promise<void> {
  await rm(compiled, { recursive: true, force: true });
  if (model !== undefined) await rm(await model, { recursive: true, force: true });
}

/** A folder as `mktemp -d` makes it: closed to everybody else. */
export async function newFolder(parent = tmpdir()): Promise<string> {
  const folder = await mkdtemp(join(parent, 'foyer-postgres-'));
  folders.push(folder);
  return folder;
}

/** A folder with a database that was made before and left in order: where a story begins that is not about making one. */
export async function usedFolder(): Promise<string> {
  model ??= makeModel();
  const folder = await newFolder();
  execFileSync('cp', ['-a', `${await model}/.`, folder]);
  return folder;
}

async function makeModel(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'foyer-postgres-'));
  const membership = await joinEmbeddedPostgres({ dir: folder, ...quick });
  await membership.leave();
  return folder;
}

/** Joins as the process of the test itself. */
export async function enter(options: JoinOptions): Promise<EmbeddedPostgres> {
  const membership = await joinEmbeddedPostgres(options);
  memberships.push(membership);
  return membership;
}

/** The first row's column `v`; a server on a busy machine has ten seconds to greet. */
export async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ v: unknown }>(sql);
    return rows[0]?.v;
  } finally {
    await client.end();
  }
}

/** Whether the database answers. */
export const answers = (url: string): Promise<boolean> =>
  ask(url, 'SELECT 1 AS v').then(
    () => true,
    () => false,
  );

/** The running server of a folder. */
export async function serverOf(dir: string): Promise<{ pid: number; port: number } | undefined> {
  const server = await findPostmaster((await openPlace(dir)).data);
  return server && { pid: pidOf(server.life), port: server.port };
}

/** The number of the user as whom the system runs the server of a folder. */
export async function userOfServer(dir: string): Promise<number> {
  const { pid = 0 } = (await serverOf(dir)) ?? {};
  return Number(execFileSync('ps', ['-o', 'uid=', '-p', `${pid}`], { encoding: 'utf8' }));
}

/** Every first process of a server that the system lists for a folder. */
export function serversIn(dir: string): string[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' }).split('\n');
  const servers = lines.flatMap((line) => {
    const [pid, parent, state] = line.trim().split(/\s+/);
    return state?.startsWith('Z') || !line.includes(`postgres -D ${dir}/data`) ? [] : [{ pid, parent, line }];
  });
  // A process that the server has just forked bears its arguments until it gives itself a title.
  return servers.flatMap(({ parent, line }) => (servers.some(({ pid }) => pid === parent) ? [] : [line]));
}

/** Another program that listens on a port of this machine. */
export async function listen(port: number): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** Comes before a program that shall meet a system which refuses user namespaces, as many containers do; only for root. */
export const withoutNamespaces: readonly string[] = [
  'sh',
  '-c',
  `unshare --user true 2>/dev/null || exec "$@"
  exec unshare --mount sh -c 'mount --bind /bin/false "$(command -v unshare)" && exec "$@"' sh "$@"`,
  'sh',
];

/**
 * Another process of the same Foyer, in a process group of its own as a terminal would make it; SIGTERM makes it leave.
 * It may be another user's, and a command may come before it.
 */
export async function startChild(
  dir: string,
  user: { uid?: number; gid?: number } = {},
  before: readonly string[] = [],
): Promise<{ child: ChildProcess; url: string }> {
  const [program = '', ...words] = [...before, process.execPath, join(compiled, 'child.js'), dir];
  const child = spawn(program, words, {
    ...user,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  if (child.stdout === null) throw new Error('The child has no output.');
  const silent = once(child, 'close').then(() => Promise.reject(new Error('The child ended without a word.')));
  const [line] = (await Promise.race([once(createInterface(child.stdout), 'line'), silent])) as [string];
  const { url, fault } = JSON.parse(line) as { url: string; fault?: string };
  if (fault !== undefined) throw new Error(fault);
  return { child, url };
}

/** Sends a signal to a child and waits until it is gone. */
export async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  child.kill(signal);
  await once(child, 'exit');
}

/** Kills a child and the server at one blow. */
export async function killAll(dir: string, child: ChildProcess): Promise<void> {
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
  const source = join(import.meta.dirname, '../../src');
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
  await mkdir(dirname(output), { recursive: true });
  await writeFile(output, code);
}
