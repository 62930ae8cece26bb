import 'reflect-metadata';
import { setFlagsFromString } from 'node:v8';
import { ValidationPipe, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { AppModule } from './app.module.js';
import { fastifyAdapter } from './platform/http/fastify.js';
import { openLog, PinoLogger } from './platform/http/pino-logger.js';
import { joinEmbeddedPostgres, type EmbeddedPostgres } from './platform/postgres/embedded-postgres.js';
import { Relay } from './platform/queue/relay.js';
import { Workers } from './platform/queue/workers.js';
import { seconds, type Clock } from './shared/clock.js';
import { ConfigError, readConfig, type Config } from './shared/config.js';

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

/** Starts one process of Foyer, on its own PostgreSQL where none is named. */
export async function boot(
  part: Part,
  config: Config = readConfig(),
  clock?: Clock,
  log: Logger = openLog(config),
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
    const app = part.web
      ? await openWeb(module, config, log)
      : await NestFactory.createApplicationContext(module, { logger: new PinoLogger(log), abortOnError: false });
    if (part.worker) {
      app.get(Relay).start();
      app.get(Workers).start();
    }
    const url = part.web ? await (app as NestFastifyApplication).getUrl() : undefined;
    log.info({ room: 'Boot', url, ...part }, 'Foyer is ready.');
    let stopped: Promise<void> | undefined;
    return { app, ...(url && { url }), stop: () => (stopped ??= stop(app, embedded)) };
  } catch (error) {
    await embedded?.leave();
    throw error;
  }
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
  app.useGlobalPipes(new ValidationPipe({ whitelist: true, transform: true, forbidUnknownValues: false }));
  await app.listen(config.port, config.host);
  return app;
}

async function stop(app: INestApplicationContext, embedded: EmbeddedPostgres | undefined): Promise<void> {
  const closing = app.close();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patience);
  });
  await Promise.race([closing, late]);
  clearTimeout(timer);
  await embedded?.leave();
}

/** What ends a process in order: Ctrl-C, the system's wish, a terminal that is closed. */
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Lets those signals end what is starting or runs, from the first moment: a start under way is completed and undone, so that no
 * PostgreSQL stays behind. The signal returned is aborted once that has begun; the process then ends by itself.
 */
export function endOnSignal(starting: Promise<Running>): AbortSignal {
  const ending = new AbortController();
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
  return ending.signal;
}

/**
 * Lets the heap grow by as much as is alive before all of it is marked anew. V8 takes a process that allocates little for one that should
 * save memory, and marks it whenever it has grown by a fifth: every ten seconds, a tenth of a second on all cores, beside somebody's arrival.
 */
const roomyHeap = '--heap-growing-percent=100';

/** Starts a process from the command line; a fault at the start is one clear line. */
export async function run(part: Part): Promise<void> {
  const starting = Promise.resolve().then(() => boot(part));
  const ending = endOnSignal(starting);
  try {
    await starting;
    setFlagsFromString(roomyHeap);
  } catch (error) {
    if (ending.aborted) return;
    const expected = error instanceof ConfigError || (error instanceof Error && error.name === 'EmbeddedPostgresFault');
    console.error(expected ? error.message : error);
    process.exit(1);
  }
}
