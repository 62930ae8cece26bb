import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/identity.module.js';
import { IngestModule } from '../ingest/ingest.module.js';
import { CustomerProjection } from './customer.projection.js';
import './customer.policies.js';
import { Timeline } from './timeline.js';

/** What happened with somebody, what she bought and has, what is open with her, and what she allowed. */
@Module({
  imports: [IngestModule, IdentityModule],
  providers: [CustomerProjection, Timeline],
  exports: [Timeline],
})
export class CustomerModule {}
