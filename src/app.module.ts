import { type DynamicModule, Module } from '@nestjs/common';
import { entities, migrations } from '../ormconfig.js';
import { AccessModule } from './access/access.module.js';
import { BriefingModule } from './briefing/briefing.module.js';
import { ConfiguratorModule } from './configurator/configurator.module.js';
import { CustomerModule } from './customer/customer.module.js';
import { EnrichmentModule } from './enrichment/enrichment.module.js';
import { IngestModule } from './ingest/ingest.module.js';
import { PassModule } from './pass/pass.module.js';
import { GraphqlModule } from './platform/graphql/graphql.module.js';
import { PlatformModule } from './platform/platform.module.js';
import type { Clock } from './shared/clock.js';
import type { Config } from './shared/config.js';
import { VisitModule } from './visit/visit.module.js';

/** The table of contents: every room, top to bottom. */
@Module({})
export class AppModule {
  static forRoot(config: Config, databaseUrl: string, clock?: Clock): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.forRoot({ config, databaseUrl, entities, migrations, ...(clock && { clock }) }),
        AccessModule,
        GraphqlModule.forRoot(AccessModule),
        IngestModule,
        CustomerModule,
        PassModule,
        ConfiguratorModule,
        VisitModule,
        EnrichmentModule,
        BriefingModule,
      ],
    };
  }
}
