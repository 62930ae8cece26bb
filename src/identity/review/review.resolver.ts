import { Args, Int, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../access/actor.js';
import { Allow } from '../../access/allow.js';
import { CurrentActor } from '../../access/current-actor.js';
import { ReviewQueue } from './review-queue.js';
import { ReviewPage } from './review-queue.view.js';

/** Serves the pairs that wait for a human judgement. */
@Resolver(() => ReviewPage)
export class ReviewResolver {
  constructor(private readonly queue: ReviewQueue) {}

  @Query(() => ReviewPage, { description: 'Pairs of records that may be one person’s and that nobody has judged yet.' })
  @Allow('ADMIN', 'PRIVACY_OFFICER', 'STORE_MANAGER', 'ANALYST')
  reviewQueue(
    @Args('first', { type: () => Int, defaultValue: 20 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after: string | null | undefined,
    @CurrentActor() actor: Actor,
  ): Promise<ReviewPage> {
    return this.queue.page(first, after ?? undefined, actor);
  }

  @ResolveField(() => Int, { description: 'How many pairs wait in all, counted up to 500.' })
  waiting(): Promise<number> {
    return this.queue.waiting();
  }
}
