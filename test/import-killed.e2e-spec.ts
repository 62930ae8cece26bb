import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { joinEmbeddedPostgres, type EmbeddedPostgres } from '../src/platform/postgres/embedded-postgres.js';
import { eventually } from './support/foyer.js';
import { answers, ask, serverOf } from './support/postgres-stage.js';
import { isLongRun, longStory } from './support/runs.js';
import { whenReady } from './support/when-ready.js';

const programs = join(import.meta.dirname, '../dist/src');
const total = 5000;
const bad = total / 500;

let folder: string;
let server: EmbeddedPostgres;
const children: ChildProcess[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'foyer-killed-'));
  server = await joinEmbeddedPostgres({ dir: folder });
}, 60_000);

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await server?.leave();
  rmSync(folder, { recursive: true, force: true });
});

function start(line: readonly string[], settings: Record<string, string> = {}): ChildProcess {
  const env = { PATH: process.env['PATH'], FOYER_DIR: folder, LOG_LEVEL: 'error', ...settings };
  const child = spawn(process.execPath, line, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  return child;
}

/** Runs a command to its end. */
async function foyer(...line: string[]): Promise<{ code: number; out: string; err: string }> {
  const child = start([join(programs, 'cli.js'), ...line]);
  if (!child.stdout || !child.stderr) throw new Error('The command has no output.');
  const [[code], out, err] = await Promise.all([
    once(child, 'exit') as Promise<[number]>,
    text(child.stdout),
    text(child.stderr),
  ]);
  return { code, out, err };
}

/** A department, the file it hands in, and how far that has come. */
class Department {
  readonly path: string;

  private constructor(
    readonly code: string,
    readonly key: string,
  ) {
    this.path = join(folder, `${code}.csv`);
    const people = Array.from(
      { length: total },
      (_, n) => `${n},Person${n} Of${n}town,p${n}@${code}${n}.example,${n % 500 === 7 ? '2040-01-01' : ''}`,
    );
    writeFileSync(this.path, ['id,name,email,birth date', ...people].join('\n'));
  }

  static async open(code: string): Promise<Department> {
    const { out, err } = await foyer('source', 'add', '--code', code, '--name', code, '--kind', 'crm', '--json');
    const added = JSON.parse(out || `{"error":${JSON.stringify(err)}}`) as { key?: string };
    if (added.key === undefined) throw new Error(`The source was not added: ${out}${err}`);
    return new Department(code, added.key);
  }

  async rowsDone(): Promise<number> {
    const sql = `SELECT rows_done AS v FROM import_run WHERE source_id = (SELECT id FROM source WHERE code = '${this.code}')`;
    return Number((await ask(server.url, sql)) ?? 0);
  }

  /** What of the file is there: everything once, when it has all come in. */
  async kept(): Promise<object> {
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    const { rows } = await client.query(
      `SELECT (SELECT count(*)::int FROM message WHERE source_id = s.id) AS messages,
         (SELECT count(*)::int FROM record r WHERE r.source_id = s.id) AS records,
         (SELECT count(*)::int FROM record r JOIN membership m ON m.record_id = r.id WHERE r.source_id = s.id) AS memberships,
         (SELECT count(*)::int FROM quarantine WHERE source_id = s.id) AS aside,
         (SELECT count(*)::int FROM import_row) AS remembered
       FROM source s WHERE code = $1`,
      [this.code],
    );
    await client.end();
    return rows[0] as object;
  }
}

const everythingOnce = {
  messages: total - bad,
  records: total - bad,
  memberships: total - bad,
  aside: bad,
  remembered: 0,
};

describe('an import in whose middle something is killed loses nothing and doubles nothing', () => {
  it('when it is the importer', async () => {
    const crm = await Department.open('importer');
    for (const enough of isLongRun ? [1000, 2500] : [1000]) {
      const child = start([join(programs, 'cli.js'), 'import', crm.path, '--source', crm.code, '--json']);
      const ended = once(child, 'exit');
      await eventually(`${enough} rows`, async () => (await crm.rowsDone()) >= enough, 60_000);
      child.kill('SIGKILL');
      await ended;
    }
    const before = await crm.rowsDone();
    expect(before).toBeLessThan(total);
    const { out } = await foyer('import', crm.path, '--source', crm.code, '--json');
    expect(JSON.parse(out)).toMatchObject({ rows: total, new: total - bad, unchanged: 0, rejected: bad });
    expect(await crm.kept()).toEqual(everythingOnce);
  }, 180_000);

  longStory(
    'when the file itself breaks off, and goes on once it is mended',
    async () => {
      const crm = await Department.open('broken');
      // So long that a thread of its own reads it.
      const long = ` "${'x'.repeat(200)}"`;
      const rows = readFileSync(crm.path, 'utf8').split('\n').slice(0, 1100);
      const whole = rows.map((row, at) => `${row},${at === 0 ? 'note' : long}`).join('\n');
      writeFileSync(crm.path, `${whole}\n5000,"Never closed,n@closed.example,,\n`);
      const { code, err } = await foyer('import', crm.path, '--source', crm.code, '--json');
      expect(code).toBe(1);
      expect(err).toMatch(/quotation mark in line 1101 or soon after is never closed/);
      expect(await crm.kept()).toMatchObject({ records: 998, remembered: 0 });
      writeFileSync(crm.path, whole);
      const { out } = await foyer('import', crm.path, '--source', crm.code, '--json');
      expect(JSON.parse(out)).toMatchObject({ rows: 1099, new: 98, unchanged: 998, rejected: 3 });
      expect(await crm.kept()).toMatchObject({ messages: 1096, records: 1096, memberships: 1096, aside: 3 });
    },
    120_000,
  );

  longStory(
    'when it is the server that the file was posted to',
    async () => {
      const crm = await Department.open('web');
      const uploads = join(folder, 'uploads');
      mkdirSync(uploads);
      const open = async (): Promise<{ child: ChildProcess; address: string }> => {
        const settings = { PORT: '0', LOG_LEVEL: 'info', TMPDIR: uploads };
        const child = start([join(programs, 'main.js'), '--web'], settings);
        return { child, address: await whenReady(child) };
      };
      const post = (address: string): Promise<Response> =>
        fetch(`${address}/v1/import`, {
          method: 'POST',
          headers: { authorization: `Basic ${Buffer.from(`${crm.key}:`).toString('base64')}` },
          body: readFileSync(crm.path),
        });
      const { child, address } = await open();
      rmSync(uploads, { recursive: true });
      expect((await post(address)).status).toBe(500);
      mkdirSync(uploads);
      const broken = post(address).then(
        () => 'answered',
        () => 'broken off',
      );
      await eventually('1000 rows', async () => (await crm.rowsDone()) >= 1000, 60_000);
      child.kill('SIGKILL');
      expect(await broken).toBe('broken off');
      const filesLeft = (): string[] =>
        readdirSync(uploads).filter((name) => name.startsWith(`foyer-upload-${child.pid}-`));
      expect(filesLeft()).toHaveLength(1);
      const before = await crm.rowsDone();
      expect(before).toBeLessThan(total);

      const next = await open();
      expect(filesLeft()).toEqual([]);
      const answer = await post(next.address);
      expect(await answer.json()).toMatchObject({
        rows: total,
        new: total - bad,
        continuedAfter: expect.any(Number) as number,
      });
      expect(await crm.kept()).toEqual(everythingOnce);
    },
    180_000,
  );

  longStory(
    'when it is PostgreSQL',
    async () => {
      const crm = await Department.open('postgres');
      const child = start([join(programs, 'cli.js'), 'import', crm.path, '--source', crm.code, '--json']);
      const ended = once(child, 'exit');
      await eventually('1000 rows', async () => (await crm.rowsDone()) >= 1000, 60_000);
      process.kill((await serverOf(folder))?.pid ?? 0, 'SIGKILL');
      const [code] = (await ended) as [number];
      expect(code).not.toBe(0);
      await eventually('it is back', () => answers(server.url), 60_000);
      expect(await crm.rowsDone()).toBeLessThan(total);
      const { out } = await foyer('import', crm.path, '--source', crm.code, '--json');
      expect(JSON.parse(out)).toMatchObject({ rows: total, new: total - bad, unchanged: 0, rejected: bad });
      expect(await crm.kept()).toEqual(everythingOnce);
    },
    180_000,
  );
});
