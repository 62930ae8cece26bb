import { Injectable } from '@nestjs/common';
import { Job } from '../platform/queue/job.js';
import { JobRegistry } from '../platform/queue/job-registry.js';
import { Clock, hours } from '../shared/clock.js';
import { FeedQuery } from './feed.query.js';

/** Forgets what feeds told longer ago than they are kept. */
@Injectable()
export class TrimFeedsJob extends Job {
  readonly name = 'trim-feeds';
  readonly queue = 'customer';
  override readonly every = hours(1);

  constructor(
    jobs: JobRegistry,
    private readonly feed: FeedQuery,
    private readonly clock: Clock,
  ) {
    super();
    jobs.add(this);
  }

  async perform(): Promise<void> {
    while (await this.feed.trim(this.clock.now()));
  }
}
