import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../access/actor.js';
import { Allow } from '../access/allow.js';
import { CurrentActor } from '../access/current-actor.js';
import { WalletPages } from './wallet-pages.js';
import { WalletPasses } from './wallet-passes.js';
import { IssueWalletPassInput, IssueWalletPassResult, WalletPage } from './wallet.view.js';

/** Wallet passes: shops' servers ask for them, phones show them. */
@Resolver()
export class WalletResolver {
  constructor(
    private readonly passes: WalletPasses,
    private readonly pages: WalletPages,
  ) {}

  @Mutation(() => IssueWalletPassResult, {
    description:
      "A pass for a member's wallet whose rotating code verifies her at the door (server key only). " +
      'A repeated key gives the same pass.',
  })
  @Allow('SOURCE')
  issueWalletPass(
    @Args('input') input: IssueWalletPassInput,
    @CurrentActor() actor: Actor,
  ): Promise<typeof IssueWalletPassResult> {
    return this.passes.issue(input, actor);
  }

  @Query(() => WalletPage, {
    nullable: true,
    description: 'The page of a wallet pass; the last part of its address is the secret. Null when it leads nowhere.',
  })
  @Allow('PUBLIC')
  walletPage(@Args('token') token: string, @CurrentActor() actor: Actor): Promise<WalletPage | null> {
    return this.pages.page(token, actor);
  }
}
