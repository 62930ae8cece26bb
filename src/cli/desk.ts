import type { INestApplicationContext } from '@nestjs/common';
import type { IdentityService } from '../identity/identity.service.js';
import type { Tx } from '../platform/database/transactions.js';
import { SystemClock, type Clock } from '../shared/clock.js';
import { readConfig, type Config } from '../shared/config.js';
import { Keys } from '../shared/keys.js';
import { openConnection, type Connection } from './connection.js';

/** Where a command writes what it has to say. */
export interface Output {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

/** An answer for people and for programs. */
export interface Reply {
  /** What `--json` prints, on one line. */
  readonly json: unknown;
  /** What people read, line by line. */
  readonly text: readonly string[];
}

/** What every command works with: configuration, clock, database, and a way to answer. */
export class Desk {
  private read?: Config;

  constructor(
    private readonly output: Output,
    private readonly environment?: NodeJS.ProcessEnv,
    readonly clock: Clock = new SystemClock(),
  ) {}

  /** The configuration; read when first asked for, so that `--help` never fails. */
  get config(): Config {
    this.read ??= readConfig(this.environment);
    return this.read;
  }

  /** The key ring of this installation. */
  get keys(): Keys {
    return this.config.keys ? Keys.fromText(this.config.keys) : Keys.fromDirectory(this.config.directory);
  }

  /** Lends the database, up to date, beside a running server or without one: one transaction. */
  async withDatabase<T>(work: (tx: Connection) => Promise<T>): Promise<T> {
    return openConnection(this.config, work);
  }

  /** Lends the whole of Foyer without its web server and workers, for commands that need its services. */
  async withFoyer<T>(work: (app: INestApplicationContext) => Promise<T>): Promise<T> {
    const { boot } = await import('../boot.js');
    // Standard output belongs to the answer; what the services log is of no interest here.
    const running = await boot(
      { web: false, worker: false },
      { ...this.config, logLevel: 'silent' },
      { clock: this.clock },
    );
    try {
      return await work(running.app);
    } finally {
      await running.stop();
    }
  }

  /** Lends what decides who is whose, beside the transaction in which it does. */
  async withIdentities<T>(work: (identities: IdentityService, tx: Tx) => Promise<T>): Promise<T> {
    const [{ IdentityService }, { Transactions }] = await Promise.all([
      import('../identity/identity.service.js'),
      import('../platform/database/transactions.js'),
    ]);
    return this.withFoyer((app) => app.get(Transactions).run((tx) => work(app.get(IdentityService), tx)));
  }

  /** Prints an answer, for a program if the command was given `--json`. */
  answer(options: { readonly json?: boolean }, { json, text }: Reply): void {
    if (options.json) this.output.out(JSON.stringify(json));
    else for (const line of text) this.output.out(line);
  }

  /** Prints a line that is no part of the answer. */
  remark(line: string): void {
    this.output.err(line);
  }
}
