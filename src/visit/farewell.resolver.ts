import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Actor } from '../access/actor.js';
import { Allow } from '../access/allow.js';
import { CurrentActor } from '../access/current-actor.js';
import { VisitResult } from './check-in.results.js';
import { EndVisitInput } from './end-visit.input.js';
import { FarewellService } from './farewell.service.js';

/** The end of a visit. */
@Resolver()
export class FarewellResolver {
  constructor(private readonly farewells: FarewellService) {}

  @Mutation(() => VisitResult, { description: 'The farewell: what came of it, and what is to follow.' })
  @Allow('TABLET', 'ASSOCIATE', 'STORE_MANAGER', 'SERVICE')
  endVisit(@Args('input') input: EndVisitInput, @CurrentActor() actor: Actor): Promise<typeof VisitResult> {
    return this.farewells.end(input, actor);
  }
}
