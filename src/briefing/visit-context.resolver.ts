import { Args, ID, Info, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { mayReadStore, type Actor } from '../access/actor.js';
import { Allow } from '../access/allow.js';
import { CurrentActor } from '../access/current-actor.js';
import { Visit } from '../visit/visit.entity.js';
import { VisitQuery } from '../visit/visit.query.js';
import { BriefingService } from './briefing.service.js';
import { asksForContext, type Selection } from './fields-read.js';
import { VisitorContext } from './visitor-context.view.js';

/** Serves a visit, and hangs the briefing on every one, wherever it is served. */
@Resolver(() => Visit)
export class VisitContextResolver {
  constructor(
    private readonly briefing: BriefingService,
    private readonly visits: VisitQuery,
  ) {}

  @Query(() => Visit, { nullable: true, description: 'One visit of a store in which the caller works.' })
  @Allow('TABLET', 'ASSOCIATE', 'STORE_MANAGER', 'SERVICE', 'FINANCE')
  async visit(
    @Args('id', { type: () => ID }) id: string,
    @CurrentActor() actor: Actor,
    @Info() asked: Selection,
  ): Promise<Visit | null> {
    const read = (): Promise<Visit | undefined> => this.visits.asRead(id);
    const visit = await (asksForContext(asked) ? this.briefing.prepare(id, read) : read());
    return visit && mayReadStore(actor, visit.storeId) ? visit : null;
  }

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
