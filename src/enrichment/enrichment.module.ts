import { Module } from '@nestjs/common';
import { VisitModule } from '../visit/visit.module.js';
import { CustomersQuery } from './customers.query.js';
import { FactsQuery } from './facts.query.js';
import { FactsService } from './facts.service.js';
import { RefreshFactsJob } from './refresh-facts.job.js';

/** Facts about customers, derived by queued steps. */
@Module({
  imports: [VisitModule],
  providers: [CustomersQuery, FactsQuery, FactsService, RefreshFactsJob],
})
export class EnrichmentModule {}
