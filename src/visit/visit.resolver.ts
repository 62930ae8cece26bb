import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { mayReadStore, type Actor } from '../access/actor.js';
import { Allow } from '../access/allow.js';
import { CurrentActor } from '../access/current-actor.js';
import { Forbidden } from '../access/denial.js';
import { Board } from './board.view.js';
import { CheckInInput } from './check-in.input.js';
import { CheckInResult, VisitResult } from './check-in.results.js';
import { CheckInService } from './check-in.service.js';
import { mayKnowWho } from './visit.policies.js';
import { presentRecognition } from './recognition.present.js';
import { Recognition } from './recognition.view.js';
import { Sentence } from '../platform/graphql/sentence.type.js';
import { unsaid } from '../shared/catalogue/sentences.js';
import { Visit } from './visit.entity.js';
import { VisitQuery } from './visit.query.js';
import { VisitService } from './visit.service.js';
import { VisitPurpose } from './visit.words.js';
import { presentWarnings } from './warning.present.js';

/** The stay of a visitor, as tablets and staff of the store see and move it. */
@Resolver(() => Visit)
export class VisitResolver {
  constructor(
    private readonly visits: VisitQuery,
    private readonly checkIns: CheckInService,
    private readonly service: VisitService,
  ) {}

  @Query(() => Board, { description: 'One snapshot of a store, and the cursor from which arrivals goes on.' })
  @Allow('TABLET', 'ASSOCIATE', 'STORE_MANAGER', 'SERVICE', 'FINANCE')
  board(@Args('storeId', { type: () => ID }) storeId: string, @CurrentActor() actor: Actor): Promise<Board> {
    if (!mayReadStore(actor, storeId)) {
      throw new Forbidden(unsaid('access.not-that-store', {}));
    }
    return this.visits.board(storeId);
  }

  @Mutation(() => CheckInResult, { description: 'A visitor arrives, with or without a code.' })
  @Allow('TABLET', 'ASSOCIATE', 'STORE_MANAGER', 'SERVICE')
  checkIn(@Args('input') input: CheckInInput, @CurrentActor() actor: Actor): Promise<typeof CheckInResult> {
    return this.checkIns.checkIn(input, actor);
  }

  @Mutation(() => VisitResult, { description: 'An associate takes the visit; the second one reads who was first.' })
  @Allow('TABLET', 'ASSOCIATE', 'STORE_MANAGER', 'SERVICE')
  takeVisit(
    @Args('visitId', { type: () => ID }) id: string,
    @CurrentActor() actor: Actor,
  ): Promise<typeof VisitResult> {
    return this.service.take(id, actor);
  }

  @Mutation(() => VisitResult, { description: 'What she came for; a complaint silences every sales sentence at once.' })
  @Allow('TABLET', 'ASSOCIATE', 'STORE_MANAGER', 'SERVICE')
  setPurpose(
    @Args('visitId', { type: () => ID }) id: string,
    @Args('purpose', { type: () => VisitPurpose }) purpose: VisitPurpose,
    @CurrentActor() actor: Actor,
  ): Promise<typeof VisitResult> {
    return this.service.setPurpose(id, purpose, actor);
  }

  @Mutation(() => VisitResult, {
    description:
      'Greeted by name and it is so: CLAIMED becomes CONFIRMED, and only now are the records joined. candidateId chooses one of several.',
  })
  @Allow('TABLET', 'ASSOCIATE', 'STORE_MANAGER', 'SERVICE')
  confirmIdentity(
    @Args('visitId', { type: () => ID }) id: string,
    @Args('candidateId', { type: () => ID, nullable: true }) candidateId: string | null | undefined,
    @CurrentActor() actor: Actor,
  ): Promise<typeof VisitResult> {
    return this.service.confirm(id, candidateId ?? undefined, actor);
  }

  @Mutation(() => VisitResult, {
    description:
      'The wrong person: the context disappears from every tablet, what was linked is unlinked, and it is in the audit trail. With customerId, for whoever tells it later, only if the visit still is taken for that customer; with null, where it was said of several, only while it is taken for nobody in particular.',
  })
  @Allow('TABLET', 'ASSOCIATE', 'STORE_MANAGER', 'SERVICE')
  disputeIdentity(
    @Args('visitId', { type: () => ID }) id: string,
    @Args('customerId', { type: () => ID, nullable: true }) customerId: string | null | undefined,
    @CurrentActor() actor: Actor,
  ): Promise<typeof VisitResult> {
    return this.service.dispute(id, customerId, actor);
  }

  @ResolveField(() => Recognition, { description: 'How sure it is who she is, why, and who else it may be.' })
  recognition(@Parent() visit: Visit, @CurrentActor() actor: Actor): Recognition {
    return presentRecognition(mayKnowWho(actor) ? visit : { ...visit, matchedBy: [], candidates: [] }, actor.language);
  }

  @ResolveField(() => [Sentence], { description: 'What to be careful about, in words; empty as a rule.' })
  warnings(@Parent() visit: Visit, @CurrentActor() actor: Actor): Sentence[] {
    return presentWarnings(visit, actor.language);
  }
}
