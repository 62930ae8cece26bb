import { Info, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../access/actor.js';
import { CurrentActor } from '../access/current-actor.js';
import { Visit } from '../visit/visit.entity.js';
import { BriefingService } from './briefing.service.js';
import type { Selection } from './fields-read.js';
import { VisitorContext } from './visitor-context.view.js';

/** Hangs the briefing on every visit, wherever one is served. */
@Resolver(() => Visit)
export class VisitContextResolver {
  constructor(private readonly briefing: BriefingService) {}

  @ResolveField(() => VisitorContext, {
    nullable: true,
    description: 'Null when the reader may not see it: not present, ended, disputed, another store.',
  })
  context(
    @Parent() visit: Visit,
    @CurrentActor() actor: Actor,
    @Info() asked: Selection,
  ): Promise<VisitorContext | null> {
    return this.briefing.contextOf(visit, actor, asked);
  }
}
