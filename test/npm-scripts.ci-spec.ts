import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import {
  ask,
  clearStage,
  enter,
  newFolder,
  quick,
  serversIn,
  strikeStage,
  usedFolder,
} from './support/postgres-stage.js';
import { whenReady } from './support/when-ready.js';

/**
 * The scripts of package.json, and the command without a server, as somebody types them. They need the build, and one of them makes
 * it: `.ci/run` runs this file, `npm test` does not.
 */
const root = join(import.meta.dirname, '..');
const running: ChildProcess[] = [];

afterEach(async () => {
  for (const child of running.splice(0)) if (processesOf(child).length > 0) process.kill(-pidOf(child), 'SIGKILL');
  await clearStage();
});
afterAll(strikeStage);

/** Runs a script as in a terminal of its own: a process group that a Ctrl-C there would reach. */
function npm(script: string, settings: Record<string, string>, cwd = root): ChildProcess {
  return run('npm', ['run', '--silent', script], settings, cwd);
}

function run(program: string, line: string[], settings: Record<string, string>, cwd = root): ChildProcess {
  const { DATABASE_URL: _theirs, REDIS_URL: _own, ...environment } = process.env;
  const env = { ...environment, NODE_OPTIONS: '', NODE_ENV: 'production', LOG_LEVEL: 'info', PORT: '0', ...settings };
  const child = spawn(program, line, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  return child;
}

const pidOf = ({ pid }: ChildProcess): number => pid ?? 0;

/** What still runs of a script. */
function processesOf(child: ChildProcess): string[] {
  const lines = execFileSync('ps', ['-eo', 'pgid=,stat=,args='], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => {
    const [group, state] = line.trim().split(/\s+/);
    return Number(group) === pidOf(child) && !state?.startsWith('Z');
  });
}

/** Milliseconds from a Ctrl-C until the script is gone, with all that it had started. */
async function interrupt(child: ChildProcess): Promise<number> {
  const before = performance.now();
  const gone = once(child, 'exit');
  process.kill(-pidOf(child), 'SIGINT');
  await gone;
  const took = performance.now() - before;
  expect(processesOf(child)).toEqual([]);
  return took;
}

/** What a script says before it ends by itself. */
async function outcome(child: ChildProcess): Promise<{ code: number; said: string }> {
  if (!child.stdout || !child.stderr) throw new Error('The script has no output.');
  const [[code], out, err] = await Promise.all([
    once(child, 'exit') as Promise<[number]>,
    text(child.stdout),
    text(child.stderr),
  ]);
  return { code, said: out + err };
}

const health = async (url: string): Promise<number> => (await fetch(`${url}/health/ready`)).status;

it('npm start answers, once on a port, and Ctrl-C ends it within five seconds', async () => {
  const dir = await newFolder();
  const foyer = npm('start', { FOYER_DIR: dir });
  const url = await whenReady(foyer);
  expect(await health(url)).toBe(200);
  expect(serversIn(dir)).toHaveLength(1);

  const { port } = new URL(url);
  const said = `Port ${port} is taken: stop the program that listens there, or set PORT.\n`;
  expect(await outcome(npm('start', { FOYER_DIR: dir, PORT: port, LOG_LEVEL: 'error' }))).toEqual({ code: 1, said });

  expect(await interrupt(foyer)).toBeLessThan(5_000);
  expect(serversIn(dir)).toEqual([]);
});

it('npm run start:web answers, npm run start:worker joins its PostgreSQL, and the last one out stops that', async () => {
  const dir = await newFolder();
  const web = npm('start:web', { FOYER_DIR: dir });
  const url = await whenReady(web);
  const worker = npm('start:worker', { FOYER_DIR: dir });
  await whenReady(worker);
  expect(await readdir(join(dir, 'members'))).toHaveLength(2);
  expect(serversIn(dir)).toHaveLength(1);
  expect(await health(url)).toBe(200);

  expect(await interrupt(web)).toBeLessThan(5_000);
  expect(serversIn(dir)).toHaveLength(1);
  expect(await interrupt(worker)).toBeLessThan(5_000);
  expect(serversIn(dir)).toEqual([]);
});

it('npm run migration:run brings a new database up to date and leaves nothing running', async () => {
  const dir = await newFolder();
  const migration = npm('migration:run', { FOYER_DIR: dir });
  expect(await outcome(migration)).toMatchObject({ code: 0 });
  expect([...processesOf(migration), ...serversIn(dir)]).toEqual([]);

  const { url } = await enter({ dir, ...quick });
  const files = (await readdir(join(root, 'migrations'))).filter((name) => name.endsWith('.ts'));
  expect(await ask(url, 'SELECT count(*)::int AS v FROM schema_migration')).toBe(files.length);
}, 180_000);

it('npx foyer works in an empty folder where nothing runs, keeps what it was told, and leaves no PostgreSQL behind', async () => {
  const folder = join(await newFolder(), 'data of foyer');
  const foyer = async (...line: string[]): Promise<unknown> => {
    const command = run(process.execPath, [join(root, 'src/cli/launch.js'), ...line, '--json'], { FOYER_DIR: folder });
    const { code, said } = await outcome(command);
    expect({ code, servers: serversIn(folder) }).toEqual({ code: 0, servers: [] });
    return JSON.parse(said) as unknown;
  };
  const berlin = { code: 'berlin', name: 'Berlin Mitte' };
  expect(await foyer('store', 'add', '--code', berlin.code, '--name', berlin.name)).toMatchObject({ code: 'berlin' });
  expect(await foyer('store', 'list')).toEqual([expect.objectContaining(berlin)]);
});

it.each(['start', 'start:web', 'start:worker'])(
  'npm run %s says in one line that the build is missing',
  async (script) => {
    const checkout = await newFolder();
    for (const file of ['package.json', 'src/built.js']) await cp(join(root, file), join(checkout, file));

    const said = 'Foyer is not built yet: run "npm run build" first.\n';
    expect(await outcome(npm(script, {}, checkout))).toEqual({ code: 1, said });
  },
);

describe('with a DATABASE_URL that cannot serve', () => {
  const spoil: Record<string, (url: URL) => void> = {
    'nobody listens': (url) => (url.port = '1'),
    'the password is wrong': (url) => (url.password = 'wrong'),
    'there is no such database': (url) => (url.pathname = '/none'),
  };
  it.each(Object.keys(spoil))('npm start ends with one line that says what to do: %s', async (what) => {
    const url = new URL((await enter({ dir: await usedFolder(), ...quick })).url);
    spoil[what]?.(url);

    const { code, said } = await outcome(npm('start', { DATABASE_URL: url.href, LOG_LEVEL: 'error' }));
    expect(said).toMatch(
      /^(The database cannot be reached|PostgreSQL turns us away) \([^\n]+\): [^\n]*correct DATABASE_URL\.\n$/,
    );
    expect(code).toBe(1);
  });
});
