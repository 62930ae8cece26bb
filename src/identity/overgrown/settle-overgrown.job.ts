import { Injectable, Logger } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { Transactions } from '../../platform/database/transactions.js';
import { Job, type Reactions } from '../../platform/queue/job.js';
import { JobRegistry } from '../../platform/queue/job-registry.js';
import { IdentityService } from '../identity.service.js';
import { listOvergrown } from './overgrown.store.js';

/**
 * Decides components that are too large to be decided while somebody waits, and tells on-call which value holds them
 * together; they stay listed until that value is blocked or they have shrunk.
 */
@Injectable()
export class SettleOvergrownJob extends Job {
  readonly name = 'settle-overgrown';
  readonly queue = 'intake';
  override readonly on: Reactions<object> = {
    'component.overgrown': () => [{ payload: {}, deduplicateBy: 'all' }],
  };
  private readonly log = new Logger('Identity');

  constructor(
    jobs: JobRegistry,
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly identity: IdentityService,
  ) {
    super();
    jobs.add(this);
  }

  override gather(): object[] {
    return [{}];
  }

  async perform(): Promise<void> {
    for (let open = await listOvergrown(this.database); open.length > 0;) {
      const [{ recordId }] = open as [(typeof open)[number]];
      const settled = await this.transactions.run((tx) => this.identity.settleOvergrown(tx, recordId));
      if (settled.component) {
        const { records, kind, holders } = settled.component;
        const message = settled.isDecided
          ? 'A component of records is too large to be decided while somebody waits.'
          : 'A component of records is too large to be decided at all; its customers stay as they are.';
        const todo = 'npx foyer identity overgrown shows the value; block it if it is a place’s or staff’s.';
        this.log.warn({ recordId, records, kind, holders, todo }, message);
      }
      open = open.filter((one) => !settled.recordIds.has(one.recordId));
    }
  }
}
