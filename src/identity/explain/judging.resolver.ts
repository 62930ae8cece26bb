import { Args, ID, Mutation, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../access/actor.js';
import { Allow } from '../../access/allow.js';
import { CurrentActor } from '../../access/current-actor.js';
import { JudgeResult, Verdict } from './customer.view.js';
import { IdPipe } from './id.pipe.js';
import { Judging } from './judging.js';
import { WhyPipe } from './why.pipe.js';

/** Takes what staff say of who is who. */
@Resolver()
export class JudgingResolver {
  constructor(private readonly judging: Judging) {}

  @Mutation(() => JudgeResult, {
    description: 'Says of two records whether they are one person’s. Outranks the machine.',
  })
  @Allow('ADMIN', 'PRIVACY_OFFICER', 'STORE_MANAGER')
  judgeRecords(
    @Args('a', { type: () => ID }, IdPipe) a: string,
    @Args('b', { type: () => ID }, IdPipe) b: string,
    @Args('verdict', { type: () => Verdict }) verdict: Verdict,
    @Args('why', WhyPipe) why: string,
    @CurrentActor() actor: Actor,
  ): Promise<typeof JudgeResult> {
    return this.judging.judge({ a, b, verdict, why }, actor);
  }

  @Mutation(() => JudgeResult, { description: 'Takes a record away from its customer, with all that belongs to it.' })
  @Allow('ADMIN', 'PRIVACY_OFFICER', 'STORE_MANAGER')
  separateRecord(
    @Args('recordId', { type: () => ID }, IdPipe) recordId: string,
    @Args('why', WhyPipe) why: string,
    @CurrentActor() actor: Actor,
  ): Promise<typeof JudgeResult> {
    return this.judging.separate(recordId, why, actor);
  }

  @Mutation(() => JudgeResult, { description: 'Says that two customers are one person; the older id stays.' })
  @Allow('ADMIN', 'PRIVACY_OFFICER', 'STORE_MANAGER')
  joinCustomers(
    @Args('a', { type: () => ID }, IdPipe) a: string,
    @Args('b', { type: () => ID }, IdPipe) b: string,
    @Args('why', WhyPipe) why: string,
    @CurrentActor() actor: Actor,
  ): Promise<typeof JudgeResult> {
    return this.judging.join(a, b, why, actor);
  }

  @Mutation(() => JudgeResult, { description: 'Takes a judgement back, with all that was said in the same breath.' })
  @Allow('ADMIN', 'PRIVACY_OFFICER', 'STORE_MANAGER')
  revokeJudgement(
    @Args('id', { type: () => ID }, IdPipe) id: string,
    @CurrentActor() actor: Actor,
  ): Promise<typeof JudgeResult> {
    return this.judging.revoke(id, actor);
  }
}
