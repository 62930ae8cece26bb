import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pidOf } from '../../src/platform/postgres/life.js';
import { readServerFile } from '../../src/platform/postgres/server-file.js';
import { urlOf } from '../../src/platform/postgres/server.js';
import { freePort } from '../support/free-port.js';
import { checkIn } from './load.js';
import { arrivals, board } from './tablets.js';

/** What can be killed. */
export type Victim = 'web-1' | 'web-2' | 'worker' | 'postgres';

const root = join(import.meta.dirname, '../../..');
const programs = {
  'web-1': ['dist/src/main.js', '--web'],
  'web-2': ['dist/src/main.js', '--web'],
  worker: ['dist/src/worker.js'],
} as const;
const hastyAnswers = './dist/test/crash/hasty-answers.js';
type Program = keyof typeof programs;

/**
 * Two web processes, a worker and the PostgreSQL that they start and share, each a process of its own.
 * Web and worker are started again at once when they end, as a service manager does; PostgreSQL is theirs to look after.
 */
export class Processes {
  private readonly children = new Map<Program, ChildProcess>();
  private stopping = false;

  private constructor(
    private readonly folder: string,
    private readonly ports: Record<'web-1' | 'web-2', number>,
    private readonly hasty: boolean,
  ) {}

  /** Starts all of them in a new folder and waits until they answer; hasty web processes acknowledge before they commit. */
  static async start(hasty: boolean): Promise<Processes> {
    const ports = { 'web-1': await freePort(), 'web-2': await freePort() };
    const processes = new Processes(await mkdtemp(join(tmpdir(), 'foyer-crash-')), ports, hasty);
    try {
      await writeFile(join(processes.folder, 'documents.json'), JSON.stringify({ arrivals, board, checkIn }));
      processes.run('web-1');
      await processes.ready('web-1');
      processes.run('web-2');
      processes.run('worker');
      await processes.ready('web-2');
      return processes;
    } catch (error) {
      await processes.stop();
      throw error;
    }
  }

  /** Where a web process answers; it stays the same over its lives. */
  urlOf(web: 'web-1' | 'web-2'): string {
    return `http://127.0.0.1:${this.ports[web]}`;
  }

  /** Address of the database. */
  async databaseUrl(): Promise<string> {
    const file = await readServerFile(join(this.folder, 'server.json'));
    if (!file) throw new Error('The web process left no server.json behind.');
    return urlOf(file);
  }

  /** Ends one of them without a word, in the middle of whatever it does. */
  async kill(victim: Victim): Promise<void> {
    if (victim !== 'postgres') {
      this.children.get(victim)?.kill('SIGKILL');
      return;
    }
    const file = await readServerFile(join(this.folder, 'server.json'));
    if (file?.life !== undefined) process.kill(pidOf(file.life), 'SIGKILL');
  }

  /** Ends all of them in order and removes their folder. */
  async stop(): Promise<void> {
    this.stopping = true;
    const left = [...this.children.values()].map(async (child) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 8_000);
      await gone;
      clearTimeout(late);
    });
    await Promise.all(left);
    await rm(this.folder, { recursive: true, force: true });
  }

  /** The last lines of what the processes said. */
  lastWords(lines = 30): string {
    return readFileSync(join(this.folder, 'log'), 'utf8').trim().split('\n').slice(-lines).join('\n');
  }

  private run(program: Program): void {
    const log = openSync(join(this.folder, 'log'), 'a');
    const words = this.hasty && program !== 'worker' ? ['--import', hastyAnswers] : [];
    const child = spawn(process.execPath, [...words, ...programs[program]], {
      cwd: root,
      env: {
        ...process.env,
        FOYER_DIR: this.folder,
        LOG_LEVEL: 'warn',
        NODE_ENV: 'production',
        TABLET_DOCUMENTS: join(this.folder, 'documents.json'),
        ...(program !== 'worker' && { PORT: String(this.ports[program]) }),
      },
      stdio: ['ignore', log, log],
    });
    this.children.set(program, child);
    child.once('exit', () => {
      if (!this.stopping) setTimeout(() => this.run(program), 100);
    });
  }

  private async ready(web: 'web-1' | 'web-2'): Promise<void> {
    const end = performance.now() + 30_000;
    while (performance.now() < end) {
      const answer = await fetch(`${this.urlOf(web)}/health/ready`).catch(() => undefined);
      if (answer?.ok) return;
      await sleep(50);
    }
    throw new Error(`${web} was not ready within 30 s:\n${this.lastWords()}`);
  }
}
