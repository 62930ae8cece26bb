import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../access/actor.js';
import { Allow } from '../access/allow.js';
import { CurrentActor } from '../access/current-actor.js';
import { Configuration } from './configuration.entity.js';
import { ConfigurationLookup } from './configuration-lookup.js';
import { SaveConfigurationInput } from './save-configuration.input.js';
import { SaveConfigurationService } from './save-configuration.service.js';
import { SaveConfigurationResult } from './saved-configuration.view.js';

/** The configurator's edge: shops save, salespeople open by code. */
@Resolver(() => Configuration)
export class ConfigurationResolver {
  constructor(
    private readonly saving: SaveConfigurationService,
    private readonly lookup: ConfigurationLookup,
  ) {}

  @Mutation(() => SaveConfigurationResult, {
    description: 'Keeps a configuration and answers with its code, a pass to show at once and a link to mail.',
  })
  @Allow('SOURCE', 'TABLET', 'STAFF')
  saveConfiguration(
    @Args('input') input: SaveConfigurationInput,
    @CurrentActor() actor: Actor,
  ): Promise<typeof SaveConfigurationResult> {
    return this.saving.save(input, actor);
  }

  @Query(() => Configuration, {
    nullable: true,
    description:
      'The configuration with this code, as it is typed. Unknown codes are counted like wrong ones at the door.',
  })
  @Allow('TABLET', 'STAFF')
  configuration(@Args('code') code: string, @CurrentActor() actor: Actor): Promise<Configuration | null> {
    return this.lookup.byCode(code, actor);
  }
}
