import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import { Transactions } from '../platform/database/transactions.js';
import { isUnavailable } from '../platform/database/unavailable.js';
import { JobRegistry } from '../platform/queue/job-registry.js';
import { Job, type QueueName } from '../platform/queue/job.js';
import { Clock, minutes } from '../shared/clock.js';
import { Feed } from './feed.js';
import { VisitQuery } from './visit.query.js';
import { VisitSteps } from './visit.steps.js';

/** Visits one run closes; the next run takes the rest. */
const most = 500;

/** Ends what was left open when the store's day was over, each store by its own clock. */
@Injectable()
export class CloseVisitsJob extends Job {
  readonly name = 'close-visits';
  readonly queue: QueueName = 'intake';
  override readonly every = minutes(10);

  constructor(
    registry: JobRegistry,
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly visits: VisitQuery,
    private readonly steps: VisitSteps,
    private readonly feed: Feed,
    private readonly clock: Clock,
  ) {
    super();
    registry.add(this);
  }

  async perform(): Promise<void> {
    const left = await this.database.query<{ id: string }>(
      `SELECT v.id FROM visit v JOIN store s ON s.id = v.store_id
       WHERE v.state IN ('WAITING', 'SERVING', 'AWAY') AND v.day < ($1::timestamptz AT TIME ZONE s.time_zone)::date
       ORDER BY v.day LIMIT ${most}`,
      [this.clock.now()],
    );
    const faults: unknown[] = [];
    for (const { id } of left) {
      try {
        await this.close(id);
      } catch (error) {
        faults.push(error);
        if (isUnavailable(error)) break;
      }
    }
    if (faults.length > 0)
      throw new AggregateError(faults, `${faults.length} of ${left.length} visits could not be closed.`);
  }

  private async close(id: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      const visit = await this.visits.byId(id, tx);
      if (visit) await this.feed.append(tx, ...(await this.steps.closeOvernight(tx, visit, this.clock.now())));
    });
  }
}
