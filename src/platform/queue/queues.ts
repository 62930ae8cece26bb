import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { groupBy } from '../../shared/group.js';
import { priorities } from '../outbox/outbox.js';
import type { Planned } from './job-registry.js';
import type { QueueName } from './job.js';
import { openQueue, QUEUE_CONNECTION, type AnyQueue, type QueueConnection, type QueuedJob } from './queue-backend.js';

/**
 * BullMQ counts attempts by itself; ours decide (`Workers`), so that a database that is away for an hour
 * makes no dead letters. This is the bound beyond which BullMQ gives up.
 */
const queueAttempts = 100_000;
const retryAfter = 500;
/** So many jobs are added one by one: BullMQ on PostgreSQL makes two temporary tables for a bulk, which cost as much as a dozen jobs. */
const few = 8;

/** The producing side of the queues. */
@Injectable()
export class Queues implements OnModuleDestroy {
  private readonly logger = new Logger('Queue');
  private readonly opened = new Map<QueueName, AnyQueue>();

  constructor(@Inject(QUEUE_CONNECTION) private readonly connection: QueueConnection) {}

  /** Queues jobs; settled once the queue has them. */
  async add(planned: readonly Planned[]): Promise<void> {
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
    queue.on('error', (error: Error) => this.logger.warn(`${name}: ${error.message}`));
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
