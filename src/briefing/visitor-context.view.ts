import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { GraphQLDateTime } from 'graphql-scalars';
import { Staff } from '../access/staff.entity.js';
import { Store } from '../access/store.entity.js';
import { Configuration } from '../configurator/configuration.entity.js';
import type { ConfigurationOption } from '../configurator/configuration-option.view.js';
import { Activity } from '../customer/activity.entity.js';
import { OwnedProduct } from '../customer/owned-product.entity.js';
import { Purchase } from '../customer/purchase.entity.js';
import { Sentence } from '../platform/graphql/sentence.type.js';
import { Interest } from './interest.view.js';

/** How far a step's fact may be relied on. */
export const FreshnessState = { READY: 'READY', PENDING: 'PENDING', STALE: 'STALE', FAILED: 'FAILED' } as const;
/** One of the words for how far a fact may be relied on. */
export type FreshnessState = keyof typeof FreshnessState;

registerEnumType(FreshnessState, {
  name: 'FreshnessState',
  description: 'How far a fact may be relied on.',
  valuesMap: {
    READY: { description: 'Computed from all that is known.' },
    PENDING: { description: 'Something newer is known; it will arrive.' },
    STALE: { description: 'Computed longer ago than such a fact is kept.' },
    FAILED: { description: 'The step failed; what it found before is shown.' },
  },
});

/** Where a shown value comes from. */
@ObjectType({ description: 'Where a shown value comes from.' })
export class ValueSource {
  @Field(() => String)
  field!: string;

  @Field(() => String)
  source!: string;

  @Field(() => String)
  department!: string;

  @Field(() => GraphQLDateTime)
  asOf!: Date;
}

/** Who she is. */
@ObjectType({ description: 'Who she is, each value the best that any source has said.' })
export class CustomerCard {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  displayName!: string;

  @Field(() => String, { nullable: true })
  language!: string | null;

  @Field(() => String, { nullable: true })
  loyaltyId!: string | null;

  @Field(() => String, { nullable: true })
  loyaltyTier!: string | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Since when she is a customer.' })
  since!: Date | null;

  @Field(() => Store, { nullable: true })
  homeStore!: Pick<Store, 'id'> | null;

  @Field(() => Staff, { nullable: true, description: 'The associate she usually sees.' })
  ownAssociate!: Pick<Staff, 'id' | 'displayName'> | null;

  @Field(() => [ValueSource], { description: 'Where each shown value comes from.' })
  sources!: ValueSource[];
}

/** Another customer whom the visitor may be as well. */
@ObjectType({
  description:
    'Another customer whom the visitor may be as well. Nothing of the other is shown; ask the visitor, then settlePossibleMatch.',
})
export class PossibleMatch {
  @Field(() => ID, { description: 'Means something on this visit only.' })
  id!: string;

  @Field(() => String)
  maskedName!: string;

  @Field(() => String, { description: 'Where the other is known.' })
  department!: string;

  @Field(() => [String], {
    description: 'What speaks for it, in words; last, where it is so, what holds the two apart.',
  })
  reasons!: string[];
}

/** Something a department has not settled with her yet. */
@ObjectType({ description: 'Something a department has not settled with her yet.' })
export class OpenIssue {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  department!: string;

  @Field(() => String, { description: 'In the reader’s language.' })
  summary!: string;

  @Field(() => GraphQLDateTime)
  openedAt!: Date;
}

/** Somebody of the visitor's household who is in the store too. */
@ObjectType({ description: 'Somebody of the visitor’s household, confirmed and in the store too.' })
export class ShopsWith {
  @Field(() => ID)
  visitId!: string;

  @Field(() => String, { nullable: true, description: 'First name, or what she is called.' })
  name!: string | null;

  @Field(() => [String], { description: 'What they share, in words.' })
  because!: string[];
}

/** What may not be shown, and why. */
@ObjectType({ description: 'What may not be shown, and why.' })
export class Withheld {
  @Field(() => String)
  field!: string;

  @Field(() => String)
  reason!: string;
}

/** How fresh one step's fact is. */
@ObjectType({ description: "How fresh one enrichment step's fact is." })
export class Freshness {
  @Field(() => String)
  step!: string;

  @Field(() => FreshnessState)
  state!: FreshnessState;

  @Field(() => GraphQLDateTime, { nullable: true })
  computedAt!: Date | null;
}

/** What is served of a configuration. */
export type ShownConfiguration = Omit<
  Configuration,
  'recordId' | 'sourceId' | 'sessionId' | 'totalMinor' | 'currency' | 'saved' | 'visitId' | 'options' | 'abandoned'
> & { readonly options: readonly ConfigurationOption[]; readonly abandoned: readonly ConfigurationOption[] };

/** What is served of an activity. */
export type ShownActivity = Pick<Activity, 'id' | 'kind' | 'channel' | 'department' | 'occurredAt' | 'summary'>;

/** What is served of something she owns. */
export type ShownProduct = Pick<OwnedProduct, 'id' | 'label' | 'since' | 'detail'>;

/** What is served of an order. */
export type ShownPurchase = Pick<Purchase, 'id' | 'label' | 'orderedAt' | 'total' | 'channel'>;

/** What the salesperson reads before he says hello. */
@ObjectType({ description: 'What the salesperson reads before he says hello.' })
export class VisitorContext {
  @Field(() => Int, {
    description: 'Per visit, rises with every change, never restarts; a tablet shows the highest it has seen.',
  })
  version!: number;

  @Field(() => GraphQLDateTime)
  asOf!: Date;

  @Field(() => CustomerCard, { nullable: true, description: 'Null for an anonymous visitor.' })
  customer!: CustomerCard | null;

  @Field(() => [Sentence], { description: 'At most three things worth saying aloud now.' })
  headline!: Sentence[];

  @Field(() => [Configuration], { description: 'The presented one first.' })
  configurations!: ShownConfiguration[];

  @Field(() => [Activity], { description: 'Newest first, all channels and departments, one line a session.' })
  activity!: ShownActivity[];

  @Field(() => [OwnedProduct])
  ownedProducts!: ShownProduct[];

  @Field(() => [Purchase])
  purchases!: ShownPurchase[];

  @Field(() => [Interest], { description: 'The models she configures, the one touched last first.' })
  interests!: Interest[];

  @Field(() => [OpenIssue], {
    description: 'What is open with departments whose content the reader may read; that of all others is withheld.',
  })
  openIssues!: OpenIssue[];

  @Field(() => [PossibleMatch], { description: 'Whom a confirmed visitor may be as well, the likeliest first.' })
  possibleMatches!: PossibleMatch[];

  @Field(() => [ShopsWith], { description: 'Who of her household is here too.' })
  shopsWith!: ShopsWith[];

  @Field(() => [Withheld], { description: 'What may not be shown, and why.' })
  withheld!: Withheld[];

  @Field(() => [Freshness], { description: 'One entry per enrichment step.' })
  freshness!: Freshness[];
}
