import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import { JobRegistry } from '../platform/queue/job-registry.js';
import { Job, type QueueName } from '../platform/queue/job.js';
import { Clock, after, days, hours } from '../shared/clock.js';
import { Attempts } from './attempts.js';
import { tidySteps } from './wallet.query.js';

/** A scan that waited on a tablet without a connection may come in this late. */
const offlineFor = days(3);

/** Forgets passes and steps that nobody can show any more and minutes in which somebody guessed. */
@Injectable()
export class TidyPassesJob extends Job {
  readonly name = 'tidy-passes';
  readonly queue: QueueName = 'intake';
  override readonly every = hours(1);

  constructor(
    registry: JobRegistry,
    private readonly database: Database,
    private readonly guesses: Attempts,
    private readonly clock: Clock,
  ) {
    super();
    registry.add(this);
  }

  async perform(): Promise<void> {
    const now = this.clock.now();
    await this.database.query(`DELETE FROM pass WHERE expires_at < $1 AND kind = 'PASS' AND used_at IS NULL`, [
      after(now, -offlineFor),
    ]);
    await tidySteps(this.database, after(now, -offlineFor - days(1)));
    await this.guesses.tidy(this.database, now);
  }
}
