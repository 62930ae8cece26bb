import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  answers,
  ask,
  clearStage,
  end,
  enter,
  killAll,
  listen,
  newFolder,
  quick,
  serverOf,
  serversIn,
  setStage,
  startChild,
  strikeStage,
  usedFolder,
  userOfServer,
  withoutNamespaces,
} from '../../../test/support/postgres-stage.js';
import { longStory } from '../../../test/support/runs.js';
import { until } from './until.js';

const isRoot = process.getuid?.() === 0;
const nobody = { uid: 65_534, gid: 65_534 };
/** Root may write everywhere; nobody stands in for an ordinary user. */
const ordinary: { uid?: number; gid?: number } = isRoot ? nobody : {};
const forRoot = isRoot ? it : it.skip;

beforeAll(setStage);
afterEach(clearStage);
afterAll(strikeStage);

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

  it('keeps what people typed out of its log', async () => {
    const dir = await usedFolder();
    const { url } = await enter({ dir, ...quick });
    await ask(url, `CREATE TABLE person AS SELECT 'ada@example.test' AS v`);
    await ask(url, 'CREATE UNIQUE INDEX ON person (v)');

    await expect(ask(url, 'INSERT INTO person SELECT v FROM person')).rejects.toThrow('duplicate key');
    await expect(ask(url, `SELECT 'ada@example.test'::int AS v`)).rejects.toThrow('ada@example.test');
    expect(await readFile(join(dir, 'postgres.log'), 'utf8')).not.toContain('ada@');
  });

  it('starts again with its data under the same address', async () => {
    const dir = await usedFolder();
    const first = await enter({ dir, ...quick });
    await ask(first.url, 'CREATE TABLE kept AS SELECT 7 AS v');
    await first.leave();
    // Longer than the pause between two looks at the server.
    await sleep(400);
    expect(await serverOf(dir)).toBeUndefined();

    const second = await enter({ dir, ...quick });
    expect(second.url).toBe(first.url);
    expect(await ask(second.url, 'SELECT v FROM kept')).toBe(7);
  });

  longStory('begins anew when it was killed while it created the data', async () => {
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
    const dir = await usedFolder();
    const { child, url } = await startChild(dir);
    const before = await serverOf(dir);

    process.kill(-(child.pid ?? 0), 'SIGINT');
    await sleep(300);
    expect(await serverOf(dir)).toEqual(before);
    expect(await ask(url, 'SELECT 1 AS v')).toBe(1);
  });

  it('find the server that a killed process left behind', async () => {
    const dir = await usedFolder();
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
    const dir = await usedFolder();
    const { child, url } = await startChild(dir);
    const before = await serverOf(dir);
    await end(child, 'SIGKILL');
    const { port, password } = JSON.parse(await readFile(join(dir, 'server.json'), 'utf8')) as Record<string, unknown>;
    await writeFile(join(dir, 'server.json'), JSON.stringify({ port, password }));

    expect((await enter({ dir, ...quick })).url).toBe(url);
    expect(await serverOf(dir)).toEqual(before);
  });

  it('do not wait for a dead process that held the lock', async () => {
    const dir = await usedFolder();
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
  it('is back by itself under the same address, with all that was committed', async () => {
    const dir = await usedFolder();
    const lines: string[] = [];
    const { url } = await enter({ dir, log: (line) => lines.push(line) });
    const other = await startChild(dir);
    await ask(url, 'CREATE TABLE kept AS SELECT 7 AS v');
    const before = await serverOf(dir);

    process.kill(before?.pid ?? 0, 'SIGKILL');
    expect(await until(() => answers(url), { within: 10_000, every: 50 })).toBe(true);

    expect(await ask(other.url, 'SELECT v FROM kept')).toBe(7);
    expect(serversIn(dir)).toHaveLength(1);
    expect((await serverOf(dir))?.pid).not.toBe(before?.pid);
    expect(await until(() => lines.length > 0, { within: 10_000 })).toBe(true);
    expect(lines).toEqual(['PostgreSQL had died and runs again.']);
  });

  longStory('starts although its lock file names a process that got its pid', async () => {
    const dir = await usedFolder();
    const { child, url } = await startChild(dir);
    await ask(url, 'CREATE TABLE kept AS SELECT 7 AS v');
    await killAll(dir, child);
    const lockFile = join(dir, 'data/postmaster.pid');
    const [, ...rest] = (await readFile(lockFile, 'utf8')).split('\n');
    const stranger = spawn('sleep', ['20']);
    await writeFile(lockFile, [stranger.pid, ...rest].join('\n'));

    const again = await enter({ dir, ...quick });
    stranger.kill();
    expect(await ask(again.url, 'SELECT v FROM kept')).toBe(7);
  });

  it('ends a statement that outlived it', async () => {
    const dir = await usedFolder();
    const { url } = await enter({ dir, ...quick });
    const busy = ask(url, `DO $$ BEGIN LOOP END LOOP; END $$`).catch(() => 'ended');
    expect(await until(() => answers(url), { within: 10_000 })).toBe(true);

    process.kill((await serverOf(dir))?.pid ?? 0, 'SIGKILL');
    expect(await busy).toBe('ended');
    expect(await until(() => answers(url), { within: 10_000, every: 50 })).toBe(true);
  });

  longStory('takes another port when its own was taken meanwhile and nobody waits for it', async () => {
    const dir = await usedFolder();
    const first = await enter({ dir, ...quick });
    await first.leave();
    const intruder = await listen(Number(new URL(first.url).port));

    const second = await enter({ dir, ...quick });
    intruder.close();
    expect(new URL(second.url).port).not.toBe(new URL(first.url).port);
    expect(await ask(second.url, 'SELECT 1 AS v')).toBe(1);
  });

  longStory('gets a new password when server.json was lost, and keeps its data', async () => {
    const dir = await usedFolder();
    const first = await enter({ dir, ...quick });
    await ask(first.url, 'CREATE TABLE kept AS SELECT 7 AS v');
    await first.leave();
    await rm(join(dir, 'server.json'));

    const second = await enter({ dir, ...quick });
    expect(second.url).not.toBe(first.url);
    expect(await ask(second.url, 'SELECT v FROM kept')).toBe(7);
  });
});

describe('the server runs', () => {
  it('as the ordinary user who starts it', async () => {
    const dir = await newFolder();
    if (isRoot) await chown(dir, nobody.uid, nobody.gid);
    const { child, url } = await startChild(dir, ordinary);

    expect(await ask(url, 'SELECT 1 AS v')).toBe(1);
    expect(await userOfServer(dir)).toBe(ordinary.uid ?? process.getuid?.());
    await end(child, 'SIGTERM');
    expect(serversIn(dir)).toEqual([]);
  });

  forRoot(
    'for root without namespaces as a user who is given the data, and then for everybody as their owner',
    async () => {
      const dir = await usedFolder();
      const first = await startChild(dir, {}, withoutNamespaces);
      const user = await userOfServer(dir);
      expect(user).toBeGreaterThan(0);
      expect((await stat(join(dir, 'data'))).uid).toBe(user);
      await end(first.child, 'SIGTERM');
      expect(serversIn(dir)).toEqual([]);

      const { url } = await startChild(dir);
      expect(await ask(url, 'SELECT 1 AS v')).toBe(1);
      expect(await userOfServer(dir)).toBe(user);
    },
  );

  forRoot('for root without namespaces also below a folder that is closed to that user', async () => {
    const dir = await newFolder(await newFolder());
    const { url } = await startChild(dir, {}, withoutNamespaces);
    expect(await ask(url, 'SELECT 1 AS v')).toBe(1);
    expect(await userOfServer(dir)).toBeGreaterThan(0);
  });
});

describe('what cannot work is said in one line with a way out', () => {
  it('a port that is taken', async () => {
    const dir = await usedFolder();
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
    const dir = await usedFolder();
    await expect(enter({ dir, settings: { fsync: 'off', shared_buffers: 'much' } })).rejects.toThrow(
      `PostgreSQL did not start: invalid value for parameter "shared_buffers": "much". Mend that (more in ${dir}/postgres.log)`,
    );
  });

  it('a folder that this user may not write', async () => {
    const dir = await newFolder();
    await chmod(dir, 0o555);
    await expect(startChild(join(dir, 'foyer'), ordinary)).rejects.toThrow(
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
