import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { groupBy } from '../../shared/group.js';
import { Transactions, type Tx } from '../database/transactions.js';
import { isUnavailable } from '../database/unavailable.js';
import { LiveFanout } from '../live/live-fanout.js';
import type { Events } from '../outbox/events.js';
import { outboxChannel } from '../outbox/outbox.js';
import { DeadLetters } from './dead-letters.js';
import { JobRegistry, type Happened, type Planned } from './job-registry.js';
import { Queues } from './queues.js';

interface Row extends Happened {
  readonly priority: number;
}

/** Rows taken in one transaction. */
const batchSize = 500;
/** Milliseconds after which the outbox is looked at even though nobody has called. */
const patience = 1000;

/**
 * Hands committed events to the queue: claimed with SKIP LOCKED, deleted in the transaction in which the queue
 * has taken them. A crash in between queues a job twice, never not at all.
 */
@Injectable()
export class Relay implements BeforeApplicationShutdown {
  private readonly logger = new Logger('Relay');
  private wake: () => void = () => undefined;
  private called = false;
  private stopped = true;
  private done: Promise<void> = Promise.resolve();

  constructor(
    private readonly transactions: Transactions,
    private readonly jobs: JobRegistry,
    private readonly queues: Queues,
    private readonly live: LiveFanout,
    private readonly deadLetters: DeadLetters,
  ) {}

  /** Starts handing over. */
  start(): void {
    this.stopped = false;
    this.live.subscribe(outboxChannel, () => this.call());
    this.done = this.loop();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    this.call();
    await this.done;
  }

  private call(): void {
    this.called = true;
    this.wake();
  }

  private async loop(): Promise<void> {
    while (!this.stopped) {
      this.called = false;
      const taken = await this.round();
      if (taken < batchSize && !this.called) await this.rest();
    }
  }

  private rest(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, patience);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private async round(): Promise<number> {
    // No transaction is held open for a queue that is away: who keeps it says so in the log by himself.
    if (!this.queues.reachable) return 0;
    try {
      return await this.transactions.run(async (tx) => {
        const rows = await tx.prepared<Row>(
          'outbox-take',
          `WITH next AS (SELECT id, created_at FROM outbox ORDER BY priority, id LIMIT ${batchSize} FOR UPDATE SKIP LOCKED)
           DELETE FROM outbox USING next WHERE outbox.id = next.id AND outbox.created_at = next.created_at
           RETURNING topic, payload, priority`,
        );
        await this.putBack(tx, rows);
        await this.queues.add(await this.narrow(this.plan(rows)));
        return rows.length;
      });
    } catch (error) {
      const outage = isUnavailable(error);
      this.logger[outage ? 'warn' : 'error'](`Events wait in the outbox, trying again: ${String(error)}`);
      return 0;
    }
  }

  /** Events of one priority are planned together, so that a job is told of all that concerns it in one run. */
  private plan(rows: readonly Row[]): Planned[] {
    const planned: Planned[] = [];
    for (const [priority, same] of groupBy(rows, (row) => row.priority)) {
      const again = same.flatMap((row) => (isReplay(row) && this.jobs.has(row.payload.name) ? [row.payload] : []));
      planned.push(...[...this.again(again), ...this.jobs.plan(same)].map((one) => ({ priority, ...one })));
    }
    return planned;
  }

  /** A replayed job that this release does not know is a dead letter again, so that it neither holds up the others nor is lost. */
  private async putBack(tx: Tx, rows: readonly Row[]): Promise<void> {
    for (const row of rows) {
      if (!isReplay(row) || this.jobs.has(row.payload.name)) continue;
      const error = `No job is called "${row.payload.name}" in the process that was to queue it: replay it where there is one.`;
      await this.deadLetters.keep({ ...row.payload, queue: '', error, attempts: 0 }, tx);
      this.logger.error(error);
    }
  }

  private async narrow(planned: readonly Planned[]): Promise<Planned[]> {
    const narrowed = await Promise.all(planned.map((one) => this.narrowOne(one)));
    return narrowed.filter((one) => one !== undefined);
  }

  /** What cannot be said beforehand is queued, so that the job itself tells what is wrong. */
  private async narrowOne(planned: Planned): Promise<Planned | undefined> {
    if (!planned.job.narrow) return planned;
    try {
      const payload = await planned.job.narrow(planned.payload);
      return payload && { ...planned, payload };
    } catch (error) {
      if (isUnavailable(error)) throw error;
      this.logger.warn(`${planned.job.name} is queued unasked: ${String(error)}`);
      return planned;
    }
  }

  private again(events: readonly Events['job.replayed'][]): Planned[] {
    return events.map(({ name, payload }) => ({ job: this.jobs.get(name), payload }));
  }
}

function isReplay(event: Happened): event is Happened<'job.replayed'> {
  return event.topic === 'job.replayed';
}
