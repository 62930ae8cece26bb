import { rm } from 'node:fs/promises';
import { explain } from './embedded-postgres.fault.js';
import { ensureServer, type Running } from './ensure-server.js';
import { underLock } from './folder-lock.js';
import { isAlive } from './life.js';
import { countMembers, signIn } from './members.js';
import { openPlace, type Place } from './place.js';
import { findPostmaster } from './postmaster.js';
import { stopServer, urlOf } from './server.js';
import { watch, type Watch } from './watch.js';

/** A PostgreSQL of our own in a folder; every process of one Foyer shares it. */
export interface EmbeddedPostgres {
  /** Address of the database `foyer`; it stays the same when the server died and was started again. */
  readonly url: string;
  /** Ends this process's part; the last member out stops the server. */
  leave(): Promise<void>;
}

/** How to join. */
export interface JoinOptions {
  /** The folder that holds data, log and `server.json`; made if missing. */
  readonly dir: string;
  /** Told in one line what a reader of the log should know. */
  readonly log?: (line: string) => void;
  /** A free one is chosen and kept unless told otherwise; a server that already runs keeps its own. */
  readonly port?: number;
  /** Settings of PostgreSQL for a server that is started by this call, `fsync: 'off'` for tests. */
  readonly settings?: Readonly<Record<string, string>>;
}

/**
 * Joins the PostgreSQL of a folder, starting it, adopting it or creating it as needed.
 * Throws EmbeddedPostgresFault with one line that says what to do.
 */
export async function joinEmbeddedPostgres(options: JoinOptions): Promise<EmbeddedPostgres> {
  try {
    const place = await openPlace(options.dir);
    return await new Membership(place, options).join();
  } catch (error) {
    throw explain(error, options.dir);
  }
}

class Membership implements EmbeddedPostgres {
  url = '';
  private badge = '';
  private running: Running | undefined;
  private watching: Watch | undefined;
  private left: Promise<void> | undefined;

  constructor(
    private readonly place: Place,
    private readonly options: JoinOptions,
  ) {}

  async join(): Promise<this> {
    this.running = await underLock(this.place.lock, () => this.enter());
    this.url = urlOf(this.running);
    this.watching = watch(
      () => this.look(),
      (error) => this.complain(error),
    );
    return this;
  }

  leave(): Promise<void> {
    this.left ??= this.goOut();
    return this.left;
  }

  private async enter(): Promise<Running> {
    this.badge = await signIn(this.place.members);
    try {
      return await this.ensure((await countMembers(this.place.members)) > 1);
    } catch (error) {
      await rm(this.badge, { force: true });
      throw error;
    }
  }

  private ensure(keepAddress: boolean): Promise<Running> {
    const { port, settings = {}, log = () => undefined } = this.options;
    return ensureServer(this.place, { port, settings, log, keepAddress });
  }

  private async look(): Promise<void> {
    if (this.running === undefined || isAlive(this.running.life)) return;
    const before = this.running.life;
    this.running = await underLock(this.place.lock, () => this.ensure(true));
    if (before !== this.running.life) this.options.log?.('PostgreSQL had died and runs again.');
  }

  private complain(error: unknown): void {
    this.options.log?.(
      `PostgreSQL died and could not be started again: ${(explain(error, this.place.folder) as Error).message}`,
    );
  }

  private async goOut(): Promise<void> {
    await this.watching?.end();
    await underLock(this.place.lock, async () => {
      await rm(this.badge, { force: true });
      if ((await countMembers(this.place.members)) > 0) return;
      const server = await findPostmaster(this.place.data);
      if (server !== undefined) await stopServer(server.life);
    });
  }
}
