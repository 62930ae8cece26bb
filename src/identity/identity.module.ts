import './identity.policies.js';
import { Module } from '@nestjs/common';
import { IngestModule } from '../ingest/ingest.module.js';
import { CustomerResolver } from './explain/customer.resolver.js';
import { Explain } from './explain/explain.js';
import { Judging } from './explain/judging.js';
import { JudgingResolver } from './explain/judging.resolver.js';
import { IdentityProjection } from './identity.projection.js';
import { IdentityService } from './identity.service.js';
import { SettleOvergrownJob } from './overgrown/settle-overgrown.job.js';
import { Presence } from './presence.js';
import { OutdatedNotice } from './retrain/outdated-notice.js';
import { ReviewQueue } from './review/review-queue.js';
import { ReviewResolver } from './review/review.resolver.js';

/** Who said it: identifiers, matching, judgements. */
@Module({
  imports: [IngestModule],
  providers: [
    CustomerResolver,
    Explain,
    IdentityProjection,
    IdentityService,
    Judging,
    JudgingResolver,
    OutdatedNotice,
    Presence,
    ReviewQueue,
    ReviewResolver,
    SettleOvergrownJob,
  ],
  exports: [IdentityService, Presence],
})
export class IdentityModule {}
