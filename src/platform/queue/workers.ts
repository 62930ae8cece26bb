import { Inject, Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Job as QueuedJob } from 'bullmq';
import { CONFIG, type Config } from '../../shared/config.js';
import { seconds } from '../../shared/clock.js';
import { isUnavailable } from '../database/unavailable.js';
import { DeadLetters } from './dead-letters.js';
import { JobRegistry } from './job-registry.js';
import { queueNames, type Job, type QueueName } from './job.js';
import { isTold, openWorker, QUEUE_CONNECTION, type AnyWorker, type QueueConnection } from './queue-backend.js';
import { Queues } from './queues.js';

/** A dead worker's jobs are taken up again after lock plus one check: 10 seconds at most. */
const lockDuration = seconds(6);
const stalledInterval = seconds(4);

/** The consuming side of the queues; runs only in processes that are asked to work. */
@Injectable()
export class Workers implements BeforeApplicationShutdown {
  private readonly logger = new Logger('Worker');
  private running: AnyWorker[] = [];
  private timers: NodeJS.Timeout[] = [];
  /** What runs here just now, by queue and id. */
  private readonly active = new Set<string>();

  constructor(
    @Inject(QUEUE_CONNECTION) private readonly connection: QueueConnection,
    @Inject(CONFIG) private readonly config: Config,
    private readonly jobs: JobRegistry,
    private readonly deadLetters: DeadLetters,
    private readonly queues: Queues,
  ) {}

  /** Starts one worker a queue, and the clocks of jobs that run of their own accord. */
  start(): void {
    this.timers = this.jobs.all().flatMap((job) => (job.every ? [this.repeat(job, job.every)] : []));
    this.running = queueNames.map((name) => {
      const worker = openWorker(name, (queued) => this.perform(queued), this.connection, {
        concurrency: this.config.workerConcurrency,
        lockDuration,
        stalledInterval,
        maxStalledCount: 1000,
        drainDelay: 2,
        runRetryDelay: 1000,
      });
      worker.on('error', (error: Error) => {
        if (!this.isOver(name, error) && !isTold(error, this.connection)) this.logger.warn(`${name}: ${error.message}`);
      });
      return worker;
    });
  }

  /** Lets running jobs finish, before the database goes away. */
  async beforeApplicationShutdown(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    await Promise.all(this.running.map((worker) => worker.close()));
    this.running = [];
  }

  /**
   * Runs one job. What failed for good becomes a dead letter, so that it neither blocks the others nor is lost;
   * an outage is nobody's fault and is waited out.
   */
  private async perform(queued: QueuedJob): Promise<void> {
    const place = `${queued.queueName} ${queued.id ?? ''}`;
    this.active.add(place);
    try {
      await this.jobs.get(queued.name).perform(queued.data as object);
    } catch (error) {
      if (isUnavailable(error)) throw error;
      const attempts = failuresOf(queued) + 1;
      if (attempts < this.attemptsOf(queued.name)) {
        await queued.updateProgress({ failures: attempts });
        throw error;
      }
      await this.deadLetters.keep({
        queue: queued.queueName,
        name: queued.name,
        payload: queued.data as object,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
        attempts,
      });
      this.logger.error(
        { job: queued.name, attempts, error: String(error) },
        'A job gave up; see "npx foyer jobs list".',
      );
    } finally {
      this.active.delete(place);
    }
  }

  /** BullMQ complains of a lock that it could not renew although the job ended while it tried: nobody need know. */
  private isOver(queue: QueueName, { message }: Error): boolean {
    const id = /^could not renew lock for job (.+)$/.exec(message)?.[1];
    return id !== undefined && !this.active.has(`${queue} ${id}`);
  }

  /** Several workers may queue the same run; it waits as one and does no harm twice. */
  private repeat(job: Job, every: number): NodeJS.Timeout {
    const plan = (): void => {
      this.queues
        .add([{ job, payload: {}, deduplicateBy: job.name }])
        .catch((error: Error) => this.logger.warn(`${job.name} was not queued: ${error.message}`));
    };
    plan();
    return setInterval(plan, every);
  }

  private attemptsOf(name: string): number {
    return this.jobs.all().find((job) => job.name === name)?.attempts ?? 1;
  }
}

/** How often a job has failed by itself; BullMQ's own count has outages in it. */
function failuresOf({ progress }: QueuedJob): number {
  return typeof progress === 'object' && 'failures' in progress ? Number(progress.failures) : 0;
}
