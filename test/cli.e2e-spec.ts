import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runCommand } from '../src/cli/run.js';
import { openFoyer, type Foyer } from './support/foyer.js';

let foyer: Foyer;
let directory: string;

beforeAll(async () => {
  foyer = await openFoyer({ logLevel: 'silent' });
  directory = mkdtempSync(join(tmpdir(), 'foyer-cli-'));
});

afterAll(async () => {
  await foyer?.close();
  rmSync(directory, { recursive: true, force: true });
});

interface Ran {
  readonly code: number;
  readonly out: string[];
  readonly err: string[];
}

async function run(...line: string[]): Promise<Ran> {
  return runIn({ DATABASE_URL: foyer.database.url, FOYER_DIR: directory }, ...line);
}

async function runIn(environment: NodeJS.ProcessEnv, ...line: string[]): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const output = { out: (text: string) => out.push(text), err: (text: string) => err.push(text) };
  const code = await runCommand(line, { environment, output, clock: foyer.clock });
  return { code, out, err };
}

async function json<T = Record<string, string>>(...line: string[]): Promise<T> {
  const { code, out, err } = await run(...line, '--json');
  expect({ code, err }).toEqual({ code: 0, err: [] });
  expect(out).toHaveLength(1);
  return JSON.parse(out[0] ?? '') as T;
}

const viewer = '{ viewer { associate { displayName } store { code } roles } }';

it('says how long a tablet’s token works in words that can be typed', async () => {
  const { out } = await run('tablet', 'add', '--help');
  expect(out.join('\n')).toMatch(/--expires <span>[^\n]*(\n[^\n]*)?default: 1y/);
});

describe('Setting up a store beside a running server', () => {
  it('ends with a tablet that works at once, and not any more once it is revoked', async () => {
    await json('store', 'add', '--code', 'berlin', '--name', 'Berlin Mitte');
    const tablet = await json('tablet', 'add', '--store', 'berlin', '--name', 'Entrance');
    const { data } = await foyer.ask<{ viewer: object }>(viewer, {}, tablet['token']);
    expect(data.viewer).toEqual({ associate: null, store: { code: 'berlin' }, roles: ['ASSOCIATE'] });

    expect(await json('revoke', tablet['id'] ?? '')).toMatchObject({ what: 'tablet' });
    const { errors } = await foyer.ask(viewer, {}, tablet['token']);
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('signs in staff at one tablet, only for its store', async () => {
    await json('store', 'add', '--code', 'ulm', '--name', 'Ulm');
    await json(
      'staff',
      'add',
      '--code',
      'kim',
      '--name',
      'Kim',
      '--role',
      'store-manager',
      '--store',
      'ulm',
      '--store',
      'berlin',
    );
    const tablet = await json('tablet', 'add', '--store', 'ulm', '--name', 'Desk');
    const { token } = await json('token', '--staff', 'kim', '--tablet', tablet['id'] ?? '', '--expires', '8h');
    const { data } = await foyer.ask<{ viewer: object }>(viewer, {}, token);
    expect(data.viewer).toEqual({
      associate: { displayName: 'Kim' },
      store: { code: 'ulm' },
      roles: ['STORE_MANAGER'],
    });

    await json('revoke', 'kim');
    expect((await foyer.ask(viewer, {}, token)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('revokes a token by showing it', async () => {
    await json('staff', 'add', '--code', 'mo', '--name', 'Mo', '--role', 'ASSOCIATE', '--store', 'ulm');
    const { token = '' } = await json('token', '--staff', 'mo');
    expect(await json('revoke', token)).toMatchObject({ what: 'token' });
    expect((await foyer.ask(viewer, {}, token)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('prints the key of a source once and keeps only its hash', async () => {
    const source = await json(
      'source',
      'add',
      '--code',
      'shop',
      '--name',
      'Shop',
      '--kind',
      'web-shop',
      '--browser',
      '--origin',
      'https://shop.example',
    );
    expect(source['key']).toMatch(/^foyer_browser_/);
    expect(source['userSignatureSecret']).toMatch(/^[0-9a-f]{64}$/);
    const { errors } = await foyer.ask('{ __typename }', {}, source['key'], { origin: 'https://elsewhere.example' });
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const listed = await run('source', 'list', '--json');
    expect(listed.out.join()).toContain('https://shop.example');
    expect(listed.out.join()).not.toContain(source['key']);

    await json('revoke', source['key'] ?? '');
    expect((await foyer.ask('{ __typename }', {}, source['key'])).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('takes the department and trust of a source from its kind, unless told otherwise', async () => {
    const add = (code: string, ...more: string[]) =>
      json<object>('source', 'add', '--code', code, '--name', code, '--kind', 'point-of-sale', ...more);
    expect(await add('pos')).toMatchObject({ department: 'sales', trusted: true, keyKind: 'SERVER' });
    expect(await add('pos-two', '--no-trusted', '--department', 'finance')).toMatchObject({
      department: 'finance',
      trusted: false,
    });
  });

  it('names a shared device, which then identifies nobody, and takes it back', async () => {
    expect(await json('store', 'device', 'kiosk-7f1c', '--store', 'berlin')).toMatchObject({ shared: true });
    expect(await json('store', 'devices')).toEqual([{ store: 'berlin', device: 'kiosk-7f1c' }]);
    expect(await json('store', 'device', 'kiosk-7f1c', '--release')).toMatchObject({ shared: false });
    expect(await json('store', 'devices')).toEqual([]);
  });

  it('leaves every step in the audit trail', async () => {
    const rows = await foyer.database.query<{ action: string }>(
      `SELECT DISTINCT action FROM audit WHERE actor_kind = 'OPERATOR'`,
    );
    expect(rows.map(({ action }) => action)).toEqual(
      expect.arrayContaining([
        'store.added',
        'tablet.added',
        'staff.added',
        'token.issued',
        'source.added',
        'device.shared',
        'access.revoked',
      ]),
    );
  });
});

describe('Keys', () => {
  it('rotate in the folder', async () => {
    const { currentId: first } = await json('keys', 'rotate');
    const { currentId: second } = await json('keys', 'rotate');
    const { ids } = await json<{ ids: string[] }>('keys', 'list');
    expect(ids.slice(0, 2)).toEqual([second, first]);
  });

  it('rotate as a new value of the variable where that holds them', async () => {
    const ring = readFileSync(join(directory, 'keys'), 'utf8').split('\n')[0] ?? '';
    const environment = { DATABASE_URL: foyer.database.url, FOYER_DIR: directory, FOYER_KEYS: ring };
    const { out } = await runIn(environment, 'keys', 'rotate', '--json');
    expect((JSON.parse(out[0] ?? '') as { FOYER_KEYS: string }).FOYER_KEYS.endsWith(`,${ring}`)).toBe(true);
  });
});

describe('Wrong arguments', () => {
  const lines = [
    ['stroe'],
    ['store'],
    ['store', 'ad'],
    ['store', 'add'],
    ['store', 'add', '--code', 'B', '--name', 'x'],
    ['store', 'add', '--code', 'b', '--name', 'x', '--time-zone', 'Mars/Olympus'],
    ['store', 'add', '--code', 'b', '--name', 'x', '--currency', 'EURO'],
    ['store', 'add', '--code', 'b', '--name', 'x', '--country', 'ZZ'],
    ['store', 'add', '--code', 'b', '--name', 'x', '--closes-at', '25:00'],
    ['store', 'add', '--code', 'b', '--name', 'x', '--closes-at', '01:00'],
    ['store', 'list', 'more'],
    ['store', 'device', 'kiosk-7f1c'],
    ['store', 'list', '--jsno'],
    ['source', 'add', '--code', 'x', '--name', 'X', '--kind', 'nonsense'],
    ['source', 'add', '--code', 'x', '--name', 'X', '--kind', 'web-shop', '--browser'],
    ['source', 'add', '--code', 'x', '--name', 'X', '--kind', 'web-shop', '--origin', 'https://shop.example'],
    ['source', 'add', '--code', 'x', '--name', 'X', '--kind', 'web-shop', '--browser', '--origin', 'shop'],
    ['staff', 'add', '--code', 'x', '--name', 'X', '--role', 'boss'],
    ['token'],
    ['token', '--staff', 'kim', '--expires', 'soon'],
    ['revoke'],
    ['jobs', 'list', '--limit', 'all'],
    ['jobs', 'list', '--limit', '-1'],
    ['jobs', 'replay'],
    ['jobs', 'replay', 'no-id'],
    ['jobs', 'recover'],
    ['jobs', 'recover', '--since', 'yesterday'],
    ['quarantine', 'list', '--limit', '0'],
    ['quarantine', 'show', 'no-id'],
    ['quarantine', 'replay', 'no-id'],
    ['gaps', '--since', 'long'],
  ];

  it.each(lines.map((line) => [line.join(' '), line] as const))('get one line and exit code 2: %s', async (_, line) => {
    const { code, out, err } = await run(...line);
    expect({ code, out }).toEqual({ code: 2, out: [] });
    expect(err).toHaveLength(1);
    expect(err[0]).toMatch(/^error: [^\n]+$/);
  });
});

describe('What cannot be done', () => {
  it.each([
    [['tablet', 'add', '--store', 'nowhere', '--name', 'x'], /There is no store "nowhere"/],
    [['store', 'add', '--code', 'berlin', '--name', 'Again'], /code "berlin" exists already/],
    [['token', '--staff', 'nobody'], /no member of staff "nobody"/],
    [['revoke', 'nothing'], /Nothing here is called "nothing"/],
    [['store', 'device', '0000', '--store', 'berlin'], /stands for no device/],
  ])('gets one line and exit code 1: %j', async (line, said) => {
    const { code, out, err } = await run(...line);
    expect({ code, out, lines: err.length }).toEqual({ code: 1, out: [], lines: 1 });
    expect(err[0]).toMatch(said);
  });

  it.each([
    ['postgres://nobody@127.0.0.1:1/foyer', /cannot be reached .*DATABASE_URL/],
    ['mysql://here', /DATABASE_URL must be a URL/],
  ])('says so of the database %s', async (DATABASE_URL, said) => {
    const { code, err } = await runIn({ DATABASE_URL, FOYER_DIR: directory }, 'store', 'list');
    expect({ code, lines: err.length }).toEqual({ code: 1, lines: 1 });
    expect(err[0]).toMatch(said);
  });
});

describe('Help', () => {
  it.each([[[]], [['--help']], [['store', '--help']], [['store', 'add', '--help']], [['source', 'add', '-h']]])(
    'is given for %j',
    async (line) => {
      const { code, out, err } = await run(...line);
      expect({ code, err }).toEqual({ code: 0, err: [] });
      expect(out.join('\n')).toMatch(/^Usage: foyer/);
    },
  );

  it('names the version', async () => {
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')) as {
      version: string;
    };
    expect((await run('--version')).out).toEqual([version]);
  });
});

describe('The file that npm links', () => {
  it('says in one line that the build is missing', async () => {
    const copy = mkdtempSync(join(tmpdir(), 'foyer-launch-'));
    const execute = promisify(execFile);
    for (const file of ['package.json', 'src/built.js', 'src/cli/launch.js'])
      cpSync(join(import.meta.dirname, '..', file), join(copy, file));
    await expect(execute(process.execPath, [join(copy, 'src/cli/launch.js')])).rejects.toMatchObject({
      code: 1,
      stderr: 'Foyer is not built yet: run "npm run build" first.\n',
    });
    rmSync(copy, { recursive: true });
  });
});
