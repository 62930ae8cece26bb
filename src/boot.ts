import 'reflect-metadata';
import { setFlagsFromString } from 'node:v8';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { AppModule } from './app.module.js';
import { OutdatedNotice } from './identity/retrain/outdated-notice.js';
import { InputPipe } from './platform/graphql/unfit-input.js';
import { fastifyAdapter } from './platform/http/fastify.js';
import { openLog, PinoLogger } from './platform/http/pino-logger.js';
import { joinEmbeddedPostgres, type EmbeddedPostgres } from './platform/postgres/embedded-postgres.js';
import { Relay } from './platform/queue/relay.js';
import { Workers } from './platform/queue/workers.js';
import { seconds, type Clock } from './shared/clock.js';
import { readConfig, whyUnreachable, type Config } from './shared/config.js';
import { inTime } from './shared/in-time.js';
import { whyNotStarted } from './why-not-started.js';

/** What a process does: answers requests, works the queue, or both. */
export interface Part {
  readonly web: boolean;
  readonly worker: boolean;
}

/** A process that runs, and how to end it. */
export interface Running {
  readonly app: INestApplicationContext;
  /** Where the web process answers; absent in a worker. */
  readonly url?: string;
  /** Ends within five seconds; asked twice it stops once. */
  stop(): Promise<void>;
}

/** After this many milliseconds a stop no longer waits for anybody; PostgreSQL then has what is left of five seconds. */
const patience = seconds(2.5);
/** So many milliseconds more a start that shall end has to come to its end by itself. */
const grace = seconds(1);

/** Where and as what a process starts; what is left out is the ordinary. */
interface Circumstances {
  readonly clock?: Clock;
  readonly log?: Logger;
  /** Aborted when the process shall end before it has started. */
  readonly ending?: AbortSignal;
}

/**
 * Starts one process of Foyer, on its own PostgreSQL where none is named.
 * @throws after undoing what was begun: ConfigError, EmbeddedPostgresFault, what the database answered, or the reason of `ending`.
 */
export async function boot(
  part: Part,
  config: Config = readConfig(),
  { clock, log = openLog(config), ending }: Circumstances = {},
): Promise<Running> {
  let embedded: EmbeddedPostgres | undefined;
  if (!config.databaseUrl) {
    embedded = await joinEmbeddedPostgres({
      dir: config.directory,
      log: (line) => log.info({ room: 'PostgreSQL' }, line),
    });
  }
  const module = AppModule.forRoot(config, config.databaseUrl ?? embedded?.url ?? '', clock);
  try {
    ending?.throwIfAborted();
    const app = await unlessEnding(part.web ? openWeb(module, config, log) : openWorker(module, log), ending);
    if (part.worker) {
      app.get(Relay).start();
      app.get(Workers).start();
      await app.get(OutdatedNotice).give();
    }
    const url = part.web ? await (app as NestFastifyApplication).getUrl() : undefined;
    const unreachable = whyUnreachable(config);
    if (unreachable !== undefined) log.warn({ room: 'Boot', publicOrigin: config.publicOrigin }, unreachable);
    log.info({ room: 'Boot', url, ...part }, 'Foyer is ready.');
    let stopped: Promise<void> | undefined;
    return { app, ...(url && { url }), stop: () => (stopped ??= stop(app, embedded)) };
  } catch (error) {
    await embedded?.leave();
    throw error;
  }
}

/** A start that is nearly through is completed, so that it can be undone in order; one that waits for somebody is left where it is. */
async function unlessEnding<T>(opening: Promise<T>, ending: AbortSignal | undefined): Promise<T> {
  if (!ending) return opening;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const end = (): void => {
      timer = setTimeout(() => reject(ending.reason as Error), grace);
    };
    ending.addEventListener('abort', end, { once: true });
  });
  try {
    return await Promise.race([opening, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function openWorker(module: ReturnType<typeof AppModule.forRoot>, log: Logger): Promise<INestApplicationContext> {
  return NestFactory.createApplicationContext(module, { logger: new PinoLogger(log), abortOnError: false });
}

async function openWeb(
  module: ReturnType<typeof AppModule.forRoot>,
  config: Config,
  log: Logger,
): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(module, fastifyAdapter(config, log), {
    logger: new PinoLogger(log),
    abortOnError: false,
    bodyParser: false,
  });
  app.useGlobalPipes(new InputPipe());
  await app.listen(config.port, config.host);
  return app;
}

async function stop(app: INestApplicationContext, embedded: EmbeddedPostgres | undefined): Promise<void> {
  await inTime(app.close(), patience);
  await embedded?.leave();
}

/** What ends a process in order: Ctrl-C, the system's wish, a terminal that is closed. */
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A start under way, and what is aborted once a signal ends it; the process then ends by itself. */
export interface Start {
  readonly starting: Promise<Running>;
  readonly ending: AbortSignal;
}

/**
 * Starts what those signals end from the first moment, running or not yet: what was begun is undone, so that no PostgreSQL stays
 * behind.
 */
export function startUntilSignal(start: (ending: AbortSignal) => Promise<Running>): Start {
  const ending = new AbortController();
  const starting = Promise.resolve().then(() => start(ending.signal));
  const end = (): void => {
    if (ending.signal.aborted) return;
    ending.abort();
    starting
      .then((running) => running.stop())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      );
  };
  for (const signal of endings) process.on(signal, end);
  return { starting, ending: ending.signal };
}

/**
 * Lets the heap grow by as much as is alive before all of it is marked anew. V8 takes a process that allocates little for one that should
 * save memory, and marks it whenever it has grown by a fifth: every ten seconds, a tenth of a second on all cores, beside somebody's arrival.
 */
const roomyHeap = '--heap-growing-percent=100';

/** Starts a process from the command line; a fault at the start is one clear line. */
export async function run(part: Part): Promise<void> {
  const { starting, ending } = startUntilSignal((signal) => boot(part, readConfig(), { ending: signal }));
  try {
    await starting;
    setFlagsFromString(roomyHeap);
  } catch (error) {
    if (ending.aborted) return;
    console.error(whyNotStarted(error) ?? error);
    process.exit(1);
  }
}
