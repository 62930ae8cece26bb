import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Actor } from '../access/actor.js';
import { Allow } from '../access/allow.js';
import { CurrentActor } from '../access/current-actor.js';
import { AnnounceInput } from './announce.input.js';
import { AnnounceResult } from './announce.results.js';
import { Announcements } from './announcements.js';

/** The page behind the sign at the door. */
@Resolver()
export class AnnouncementResolver {
  constructor(private readonly announcements: Announcements) {}

  @Mutation(() => AnnounceResult, { description: 'Somebody says on her own phone that she is here.' })
  @Allow('PUBLIC')
  announce(@Args('input') input: AnnounceInput, @CurrentActor() actor: Actor): Promise<typeof AnnounceResult> {
    return this.announcements.announce(input, actor);
  }
}
