import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../access/actor.js';
import { Allow } from '../access/allow.js';
import { CurrentActor } from '../access/current-actor.js';
import { CustomerPage, RenewPassResult } from './customer-page.view.js';
import { CustomerPages } from './customer-pages.js';

/** What a customer's phone asks with nothing but her link. */
@Resolver()
export class CustomerPageResolver {
  constructor(private readonly pages: CustomerPages) {}

  @Query(() => CustomerPage, {
    nullable: true,
    description: 'The customer’s own page; the link is the secret. Null when it leads nowhere any more.',
  })
  @Allow('PUBLIC')
  page(@Args('link') link: string, @CurrentActor() actor: Actor): Promise<CustomerPage | null> {
    return this.pages.page(link, actor);
  }

  @Mutation(() => RenewPassResult, { description: 'A fresh pass for the page behind a link.' })
  @Allow('PUBLIC')
  renewPass(@Args('link') link: string, @CurrentActor() actor: Actor): Promise<typeof RenewPassResult> {
    return this.pages.renewPass(link, actor);
  }
}
