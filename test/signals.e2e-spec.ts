import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './support/foyer.js';
import { freePort } from './support/free-port.js';
import { clearStage, newFolder, serversIn, strikeStage, usedFolder } from './support/postgres-stage.js';
import { longStory } from './support/runs.js';
import { whenReady } from './support/when-ready.js';

const main = join(import.meta.dirname, '../dist/src/main.js');

describe('a signal to the program', () => {
  const running: ChildProcess[] = [];

  afterEach(async () => {
    for (const child of running.splice(0)) child.kill('SIGKILL');
    await clearStage();
  });
  afterAll(strikeStage);

  /** The program on its own PostgreSQL, started from elsewhere: no file is looked for where somebody happens to stand. */
  function start(folder: string, settings: NodeJS.ProcessEnv = {}): { child: ChildProcess; said: () => string } {
    const { DATABASE_URL: _theirs, REDIS_URL: _own, ...environment } = process.env;
    const child = spawn(process.execPath, [main], {
      cwd: tmpdir(),
      env: {
        ...environment,
        FOYER_DIR: folder,
        PORT: '0',
        NODE_ENV: 'production',
        LOG_LEVEL: 'info',
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.push(child);
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    return { child, said: () => said };
  }

  /** Milliseconds until the program is gone. */
  async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number> {
    const before = performance.now();
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
    return performance.now() - before;
  }

  it('ends it within five seconds and its PostgreSQL with it: Ctrl-C, and without its Redis a closed terminal', async () => {
    const folder = await usedFolder();
    const noRedis = `redis://127.0.0.1:${await freePort()}`;
    const starts = [
      { signal: 'SIGINT', settings: {}, pages: { '/tablet': 200, '/graphiql': 404 } },
      {
        signal: 'SIGHUP',
        settings: { NODE_ENV: 'development', REDIS_URL: noRedis },
        pages: { '/tablet': 200, '/graphiql': 200, '/health/ready': 200 },
      },
    ] as const;
    for (const { signal, settings, pages } of starts) {
      const { child } = start(folder, settings);
      const url = await whenReady(child);
      for (const [page, status] of Object.entries(pages))
        expect([page, (await fetch(`${url}${page}`)).status]).toEqual([page, status]);
      expect(serversIn(folder)).toHaveLength(1);
      expect(await end(child, signal)).toBeLessThan(5_000);
      expect(child.exitCode).toBe(0);
      expect(serversIn(folder)).toEqual([]);
    }
  }, 120_000);

  it('ends it within five seconds while it waits for a database that does not answer', async () => {
    const silent = await silentServer();
    const { child, said } = start(await newFolder(), {
      DATABASE_URL: `postgres://foyer:secret@127.0.0.1:${silent.port}/foyer`,
    });
    await once(silent, 'connection');
    expect(await end(child, 'SIGTERM')).toBeLessThan(5_000);
    expect(said()).toBe('');
    silent.close();
  }, 60_000);

  longStory(
    'leaves no process behind while the program still starts',
    async () => {
      const [creating, migrating] = [await newFolder(), await usedFolder()];
      const moments = [
        { folder: creating, come: async () => existsSync(join(creating, 'data.new')) },
        { folder: migrating, come: async () => hasServer(migrating) },
      ];
      await Promise.all(
        moments.map(async ({ folder, come }) => {
          const { child, said } = start(folder);
          await eventually('the moment has come', come, 60_000);
          await end(child, 'SIGINT');
          expect(serversIn(folder)).toEqual([]);
          expect(said()).not.toContain('Error');
        }),
      );
    },
    120_000,
  );
});

/** Takes every connection and says nothing. */
async function silentServer(): Promise<Server & { port: number }> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return Object.assign(server, { port: (server.address() as AddressInfo).port });
}

function hasServer(folder: string): boolean {
  const file = join(folder, 'server.json');
  return existsSync(file) && readFileSync(file, 'utf8').includes('life');
}
