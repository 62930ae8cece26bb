import './briefing.policies.js';
import { Module } from '@nestjs/common';
import { VisitModule } from '../visit/visit.module.js';
import { ArrivalsResolver } from './arrivals.resolver.js';
import { ArrivalsService } from './arrivals.service.js';
import { BriefingService } from './briefing.service.js';
import { ContextLoader } from './context.loader.js';
import { ContextQuery } from './context.query.js';
import { FeedQuery } from './feed.query.js';
import { TellHouseholdJob } from './tell-household.job.js';
import { TrimFeedsJob } from './trim-feeds.job.js';
import { VisitContextResolver } from './visit-context.resolver.js';

/** What the salesperson reads, and the live arrivals. */
@Module({
  imports: [VisitModule],
  providers: [
    ArrivalsResolver,
    ArrivalsService,
    BriefingService,
    ContextLoader,
    ContextQuery,
    FeedQuery,
    TellHouseholdJob,
    TrimFeedsJob,
    VisitContextResolver,
  ],
  exports: [BriefingService],
})
export class BriefingModule {}
