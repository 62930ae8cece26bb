import { Args, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../access/actor.js';
import { Allow } from '../../access/allow.js';
import { CurrentActor } from '../../access/current-actor.js';
import { CustomerRecord } from '../review/customer-record.view.js';
import { Customer, Judgement, RelatedCustomer, Tie } from './customer.view.js';
import { Explain } from './explain.js';
import { IdPipe } from './id.pipe.js';

/** Serves customers to the staff who answer for who is who. */
@Resolver(() => Customer)
export class CustomerResolver {
  constructor(private readonly explain: Explain) {}

  @Query(() => Customer, { nullable: true, description: 'A customer by her id, or any she had before.' })
  @Allow('ADMIN', 'PRIVACY_OFFICER', 'STORE_MANAGER', 'ANALYST')
  customer(@Args('id', { type: () => ID }, IdPipe) id: string): Promise<Customer | null> {
    return this.explain.customer(id);
  }

  @ResolveField(() => [CustomerRecord], { description: 'The oldest first.' })
  records(@Parent() customer: Customer, @CurrentActor() actor: Actor): Promise<CustomerRecord[]> {
    return this.explain.records(customer, actor);
  }

  @ResolveField(() => [Judgement], { description: 'Human words in force on her records, the latest first.' })
  judgements(@Parent() customer: Customer): Promise<Judgement[]> {
    return this.explain.judgements(customer);
  }

  @ResolveField(() => [RelatedCustomer], {
    description: 'Customers of the same household, by what was compared; never joined, and at most 20.',
  })
  related(@Parent() customer: Customer, @CurrentActor() actor: Actor): Promise<RelatedCustomer[]> {
    return this.explain.related(customer, actor);
  }

  @ResolveField(() => [Tie], {
    nullable: true,
    description:
      'The path between two of her records whose weakest tie is as firm as can be. Null when one is not hers.',
  })
  whyOne(
    @Parent() customer: Customer,
    @Args('recordA', { type: () => ID }, IdPipe) recordA: string,
    @Args('recordB', { type: () => ID }, IdPipe) recordB: string,
    @CurrentActor() actor: Actor,
  ): Promise<Tie[] | null> {
    return this.explain.why(customer, recordA, recordB, actor);
  }
}
