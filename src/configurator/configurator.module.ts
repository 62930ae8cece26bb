import './configurator.policies.js';
import { Module } from '@nestjs/common';
import { CustomerModule } from '../customer/customer.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { IngestModule } from '../ingest/ingest.module.js';
import { PassModule } from '../pass/pass.module.js';
import { ConfigurationLookup } from './configuration-lookup.js';
import { ConfigurationResolver } from './configuration.resolver.js';
import { Configurations } from './configurations.js';
import { CustomerPages } from './customer-pages.js';
import { CustomerPageResolver } from './customer-page.resolver.js';
import { ConfiguratorProjection } from './configurator.projection.js';
import { Pictures } from './pictures.js';
import { PicturesController } from './pictures.controller.js';
import { SaveConfigurationService } from './save-configuration.service.js';
import { Saves } from './saves.js';
import { Saving } from './saving.js';
import { Stays } from './stays.js';

/** Sessions, revisions, codes, what changed. */
@Module({
  imports: [IngestModule, IdentityModule, CustomerModule, PassModule],
  controllers: [PicturesController],
  providers: [
    ConfigurationLookup,
    ConfigurationResolver,
    Configurations,
    CustomerPageResolver,
    CustomerPages,
    ConfiguratorProjection,
    Pictures,
    SaveConfigurationService,
    Saves,
    Saving,
    Stays,
  ],
  exports: [Configurations, Stays],
})
export class ConfiguratorModule {}
