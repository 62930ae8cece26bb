import { type DynamicModule, Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { Pool } from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { Clock, SystemClock } from '../shared/clock.js';
import { CONFIG, type Config } from '../shared/config.js';
import { Keys } from '../shared/keys.js';
import { idleTimeout } from './database/data-source.js';
import { Database } from './database/database.js';
import { openDatabase } from './database/open.js';
import { outliveLoss } from './database/outlive-loss.js';
import { patience, Pulse } from './database/pulse.js';
import { Transactions } from './database/transactions.js';
import { HealthController } from './http/health.controller.js';
import { NoRouteFilter } from './http/no-route.filter.js';
import { UnavailableFilter } from './http/unavailable.filter.js';
import { Pages } from './http/pages.js';
import { Idempotency } from './idempotency/idempotency.js';
import { LiveFanout } from './live/live-fanout.js';
import { PostgresFanout } from './live/postgres-fanout.js';
import { RedisFanout } from './live/redis-fanout.js';
import { Outbox } from './outbox/outbox.js';
import { DeadLetters } from './queue/dead-letters.js';
import { JobRegistry } from './queue/job-registry.js';
import { QUEUE_CONNECTION, type QueueConnection } from './queue/queue-backend.js';
import { KeepPartitionsJob } from './queue/keep-partitions.job.js';
import { Queues } from './queue/queues.js';
import { Relay } from './queue/relay.js';
import { Workers } from './queue/workers.js';
import { openRedis } from './redis/open-redis.js';

/** What the table of contents hands to the plumbing. */
export interface PlatformPlan {
  readonly config: Config;
  /** Where PostgreSQL is, whether ours or the operator's. */
  readonly databaseUrl: string;
  readonly entities: NonNullable<DataSourceOptions['entities']>;
  readonly migrations: NonNullable<DataSourceOptions['migrations']>;
  /** The machine's clock unless a story sets its own. */
  readonly clock?: Clock;
}

async function openFanout({ config, databaseUrl }: PlatformPlan): Promise<LiveFanout> {
  if (!config.redisUrl) {
    const fanout = new PostgresFanout(databaseUrl, config.instance);
    await fanout.open();
    return fanout;
  }
  const subscriber = openRedis(config.redisUrl, config, 'wait');
  return new RedisFanout(openRedis(config.redisUrl, config, 'fail'), subscriber, config.instance);
}

/**
 * BullMQ's tables live in a schema of their own; one pool serves all queues and workers of a process. Its commits do not wait for the disk:
 * an event leaves the outbox by a commit that does, comes later, and so makes the job durable too; a claim or an end that a crash
 * forgets has the job run twice, which every job may.
 */
function openQueueConnection({ config, databaseUrl }: PlatformPlan): QueueConnection {
  if (config.redisUrl) return { redis: openRedis(config.redisUrl, config, 'wait') };
  const pool = new Pool({
    connectionString: databaseUrl,
    options: '-c search_path=bullmq -c synchronous_commit=off -c jit=off',
    max: config.poolSize,
    keepAlive: true,
    connectionTimeoutMillis: 5000,
    idleTimeoutMillis: idleTimeout,
    application_name: 'foyer-queue',
  });
  const pulse = new Pulse(databaseUrl, patience.ofWork);
  pool.on('connect', (client) => {
    outliveLoss(client);
    pulse.watch(client);
  });
  pool.on('error', () => undefined);
  return { pool };
}

/** The plumbing: database, transactions, outbox, queue, live fan-out, keys, clock. */
@Global()
@Module({})
export class PlatformModule implements OnApplicationShutdown {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(QUEUE_CONNECTION) private readonly queue: QueueConnection,
  ) {}

  static forRoot(plan: PlatformPlan): DynamicModule {
    const services = [
      Database,
      Transactions,
      Outbox,
      Idempotency,
      JobRegistry,
      Queues,
      Workers,
      Relay,
      DeadLetters,
      KeepPartitionsJob,
    ];
    return {
      module: PlatformModule,
      controllers: [HealthController],
      providers: [
        { provide: CONFIG, useValue: plan.config },
        { provide: Clock, useValue: plan.clock ?? new SystemClock() },
        {
          provide: Keys,
          useFactory: () =>
            plan.config.keys ? Keys.fromText(plan.config.keys) : Keys.fromDirectory(plan.config.directory),
        },
        {
          provide: DataSource,
          useFactory: () => openDatabase({ ...plan, url: plan.databaseUrl, poolSize: plan.config.poolSize }),
        },
        { provide: LiveFanout, useFactory: () => openFanout(plan) },
        {
          provide: QUEUE_CONNECTION,
          useFactory: (_migrated: DataSource) => openQueueConnection(plan),
          inject: [DataSource],
        },
        ...services,
        Pages,
        // Asked in the opposite order: what catches everything stands first.
        { provide: APP_FILTER, useClass: UnavailableFilter },
        { provide: APP_FILTER, useClass: NoRouteFilter },
      ],
      exports: [CONFIG, Clock, Keys, DataSource, LiveFanout, QUEUE_CONNECTION, ...services],
    };
  }

  /** The last to go: everybody else has finished with the connections. */
  async onApplicationShutdown(): Promise<void> {
    if ('pool' in this.queue) await this.queue.pool.end();
    else this.queue.redis.disconnect();
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}
