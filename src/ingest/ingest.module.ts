import { Module } from '@nestjs/common';
import { UserSignatures } from '../access/user-signatures.js';
import './ingest.events.js';
import { ImportRoutes } from './import/import.routes.js';
import { Importer } from './import/importer.js';
import { Intake } from './intake.js';
import { Projections } from './projections.js';
import { Quarantine } from './quarantine.js';
import { ResolveMessagesJob } from './resolve-messages.job.js';
import { Track } from './tracking/track.js';
import { TrackingRoutes } from './tracking/tracking.routes.js';

/** What was said, kept verbatim, and handed to the rooms that make something of it. */
@Module({
  providers: [
    Importer,
    ImportRoutes,
    Intake,
    Projections,
    Quarantine,
    ResolveMessagesJob,
    Track,
    TrackingRoutes,
    UserSignatures,
  ],
  exports: [Intake, Projections, Quarantine],
})
export class IngestModule {}
