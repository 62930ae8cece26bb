import { Args, ID, Mutation, Resolver } from '@nestjs/graphql';
import type { Actor } from '../access/actor.js';
import { Allow } from '../access/allow.js';
import { CurrentActor } from '../access/current-actor.js';
import { VisitResult } from './check-in.results.js';
import { PossibleMatches } from './possible-match.service.js';

/** Takes what a visitor answers when she is asked whether she is known elsewhere too. */
@Resolver()
export class PossibleMatchResolver {
  constructor(private readonly matches: PossibleMatches) {}

  @Mutation(() => VisitResult, {
    description:
      'The visitor was asked whether a possible match of her context is she. Yes joins the two customers, no keeps them apart; staff can take either back.',
  })
  @Allow('ASSOCIATE', 'STORE_MANAGER', 'SERVICE')
  settlePossibleMatch(
    @Args('visitId', { type: () => ID }) visitId: string,
    @Args('matchId', { type: () => ID }) matchId: string,
    @Args('isSame', { type: () => Boolean }) isSame: boolean,
    @CurrentActor() actor: Actor,
  ): Promise<typeof VisitResult> {
    return this.matches.settle(visitId, matchId, isSame, actor);
  }
}
