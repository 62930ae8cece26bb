import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './support/foyer.js';
import { serversIn } from './support/postgres-stage.js';

const main = join(import.meta.dirname, '../dist/src/main.js');

describe('a signal to the program', () => {
  let folder: string;
  let child: ChildProcess;
  let said: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'foyer-signal-'));
    said = '';
    const { DATABASE_URL: _theirs, REDIS_URL: _own, ...environment } = process.env;
    // Started from elsewhere: no file is looked for where somebody happens to stand.
    child = spawn(process.execPath, [main], {
      cwd: tmpdir(),
      env: { ...environment, FOYER_DIR: folder, PORT: '0', NODE_ENV: 'production', LOG_LEVEL: 'info' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
  });

  afterEach(() => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  /** Milliseconds until the program is gone. */
  async function endsOn(signal: NodeJS.Signals): Promise<number> {
    const before = performance.now();
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
    return performance.now() - before;
  }

  const ready = (): Promise<string | false> => eventually('it is ready', async () => addressIn(said), 60_000);

  it.each(['SIGINT', 'SIGHUP'] as const)(
    '%s ends it within five seconds, and its PostgreSQL with it',
    async (signal) => {
      const url = await ready();
      expect((await fetch(`${url}/tablet`)).status).toBe(200);
      expect(serversIn(folder)).toHaveLength(1);
      expect(await endsOn(signal)).toBeLessThan(5_000);
      expect(child.exitCode).toBe(0);
      expect(serversIn(folder)).toEqual([]);
    },
    90_000,
  );

  it.each([
    { moment: 'while it creates its data', come: async () => existsSync(join(folder, 'data.new')) },
    { moment: 'while it brings a new database up to date', come: async () => hasServer(folder) },
  ])(
    'SIGINT $moment leaves no process behind',
    async ({ come }) => {
      await eventually('the moment has come', come, 60_000);
      await endsOn('SIGINT');
      expect(serversIn(folder)).toEqual([]);
      expect(said).not.toContain('Error');
    },
    90_000,
  );
});

function addressIn(log: string): string | false {
  const line = log.split('\n').find((text) => text.includes('Foyer is ready.'));
  return line !== undefined && (JSON.parse(line) as { url: string }).url;
}

function hasServer(folder: string): boolean {
  const file = join(folder, 'server.json');
  return existsSync(file) && readFileSync(file, 'utf8').includes('life');
}
