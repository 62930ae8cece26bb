import { Module } from '@nestjs/common';
import { IngestModule } from '../ingest/ingest.module.js';
import { VisitModule } from '../visit/visit.module.js';
import { CustomersQuery } from './customers.query.js';
import { FactsQuery } from './facts.query.js';
import { FactsService } from './facts.service.js';
import { Recovery } from './recovery.js';
import { RefreshFactsJob } from './refresh-facts.job.js';

/** Facts about customers, derived by queued steps. */
@Module({
  imports: [IngestModule, VisitModule],
  providers: [CustomersQuery, FactsQuery, FactsService, Recovery, RefreshFactsJob],
})
export class EnrichmentModule {}
