import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { seconds } from '../../shared/clock.js';
import { groupBy } from '../../shared/group.js';
import { inTime } from '../../shared/in-time.js';
import { priorities } from '../outbox/outbox.js';
import type { Planned } from './job-registry.js';
import type { QueueName } from './job.js';
import {
  isTold,
  openQueue,
  QUEUE_CONNECTION,
  type AnyQueue,
  type QueueConnection,
  type QueuedJob,
} from './queue-backend.js';

/**
 * BullMQ counts attempts by itself; ours decide (`Workers`), so that a database that is away for an hour
 * makes no dead letters. This is the bound beyond which BullMQ gives up.
 */
const queueAttempts = 100_000;
const retryAfter = 500;
/** So many jobs are added one by one: BullMQ on PostgreSQL makes two temporary tables for a bulk, which cost as much as a dozen jobs. */
const few = 8;
/** Milliseconds after which a Redis that has not answered is taken to be away: whoever hands over holds a transaction open meanwhile. */
const answerWithin = seconds(3);

/** The producing side of the queues. */
@Injectable()
export class Queues implements OnModuleDestroy {
  private readonly logger = new Logger('Queue');
  private readonly opened = new Map<QueueName, AnyQueue>();

  /** What Redis was given and has not yet confirmed, long after it should have. */
  private late: Promise<unknown> | undefined;

  constructor(@Inject(QUEUE_CONNECTION) private readonly connection: QueueConnection) {}

  /** Whether jobs can be handed over now; PostgreSQL says so itself, but ioredis has everybody wait for a Redis that is away. */
  get reachable(): boolean {
    return 'pool' in this.connection || (this.connection.redis.status === 'ready' && !this.late);
  }

  /**
   * Queues jobs; settled once the queue has them.
   * @throws an error that `isUnavailable` knows, when Redis does not answer in time; it may take them later all the same.
   */
  async add(planned: readonly Planned[]): Promise<void> {
    const added = this.hand(planned);
    if ('pool' in this.connection) return added;
    if (await inTime(added, answerWithin)) return;
    const late = added
      .catch(() => undefined)
      .finally(() => {
        if (this.late === late) this.late = undefined;
      });
    this.late = late;
    throw Object.assign(new Error(`Redis has not answered for ${answerWithin / 1000} s.`), { code: 'ETIMEDOUT' });
  }

  private async hand(planned: readonly Planned[]): Promise<void> {
    const byQueue = groupBy(planned, ({ job }) => job.queue);
    for (const [name, jobs] of byQueue) {
      const queue = this.queue(name);
      const asked = jobs.map(asQueued);
      if (jobs.length > few) await queue.addBulk(asked);
      else await Promise.all(asked.map((job) => queue.add(job.name, job.data, job.opts)));
    }
  }

  /** How many jobs wait or run, by queue. */
  async depth(name: QueueName): Promise<Record<string, number>> {
    return this.queue(name).getJobCounts('waiting', 'prioritized', 'active', 'delayed', 'failed');
  }

  async onModuleDestroy(): Promise<void> {
    for (const queue of this.opened.values()) await queue.close();
  }

  private queue(name: QueueName): AnyQueue {
    const known = this.opened.get(name);
    if (known) return known;
    const queue = openQueue(name, this.connection);
    queue.on('error', (error: Error) => {
      if (!isTold(error, this.connection)) this.logger.warn(`${name}: ${error.message}`);
    });
    this.opened.set(name, queue);
    return queue;
  }
}

function asQueued({ job, payload, deduplicateBy, priority }: Planned): QueuedJob {
  return {
    name: job.name,
    data: payload,
    opts: {
      priority: priority ?? priorities.normal,
      attempts: queueAttempts,
      backoff: { type: 'fixed', delay: retryAfter },
      removeOnComplete: true,
      removeOnFail: true,
      ...(deduplicateBy && { deduplication: { id: deduplicateBy, keepLastIfActive: true } }),
    },
  };
}
