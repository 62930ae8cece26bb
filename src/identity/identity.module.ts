import { Module } from '@nestjs/common';
import { IngestModule } from '../ingest/ingest.module.js';
import { IdentityProjection } from './identity.projection.js';
import { IdentityService } from './identity.service.js';

/** Who said it: identifiers, matching, judgements. */
@Module({
  imports: [IngestModule],
  providers: [IdentityProjection, IdentityService],
  exports: [IdentityService],
})
export class IdentityModule {}
