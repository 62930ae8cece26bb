import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../access/actor.js';
import { Allow } from '../access/allow.js';
import { CurrentActor } from '../access/current-actor.js';
import { IdentifierInput } from '../identity/identifier.input.js';
import { IdentifyResult } from './check-in.results.js';
import { IdentifyVisitInput } from './identify-visit.input.js';
import { IdentifyService } from './identify.service.js';
import { LookUpService } from './look-up.service.js';
import { Candidate } from './recognition.view.js';

/** Finding out who somebody is: on a visit, or by what she states. */
@Resolver()
export class IdentifyResolver {
  constructor(
    private readonly identifying: IdentifyService,
    private readonly lookUps: LookUpService,
  ) {}

  @Mutation(() => IdentifyResult, {
    description:
      'An anonymous or disputed visit, or one with candidates, gets its person; what happened so far belongs to her.',
  })
  @Allow('TABLET', 'ASSOCIATE', 'STORE_MANAGER', 'SERVICE')
  identifyVisit(
    @Args('input') input: IdentifyVisitInput,
    @CurrentActor() actor: Actor,
  ): Promise<typeof IdentifyResult> {
    return this.identifying.identify(input, actor);
  }

  @Query(() => [Candidate], {
    description:
      'Masked candidates for a stated name, phone or mail address; of two or more things, also those who are much like them, misspelt or not.',
  })
  @Allow('TABLET', 'ASSOCIATE', 'STORE_MANAGER', 'SERVICE')
  lookUp(
    @Args('storeId', { type: () => ID }) storeId: string,
    @Args('name', { type: () => String, nullable: true }) name: string | null | undefined,
    @Args('identifier', { type: () => IdentifierInput, nullable: true }) identifier: IdentifierInput | null | undefined,
    @Args('birthDate', { type: () => String, nullable: true, description: 'As it is written in the store’s country.' })
    birthDate: string | null | undefined,
    @CurrentActor() actor: Actor,
  ): Promise<Candidate[]> {
    const said = { name: name ?? undefined, identifier: identifier ?? undefined, birthDate: birthDate ?? undefined };
    return this.lookUps.lookUp({ storeId, ...said }, actor);
  }
}
