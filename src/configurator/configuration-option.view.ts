import { Field, ObjectType } from '@nestjs/graphql';
import { Money } from '../platform/graphql/money.type.js';
import type { ChosenOption } from './configuration-event.js';

/** An option of a configuration, as it was chosen. */
@ObjectType({ description: 'An option of a configuration, as it was chosen.' })
export class ConfigurationOption implements ChosenOption {
  @Field(() => String, { description: 'What it is an option of: paint, wheels; empty where the site has no groups.' })
  readonly group!: string;

  @Field(() => String)
  readonly code!: string;

  @Field(() => String)
  readonly label!: string;

  @Field(() => Money, { nullable: true, description: 'Null where it is in the price of the whole.' })
  readonly price!: Money | null;
}

/** What differs between two sights of a configuration. */
@ObjectType({ description: 'What changed between two revisions.' })
export class ConfigurationChange {
  @Field(() => [ConfigurationOption])
  readonly added!: readonly ConfigurationOption[];

  @Field(() => [ConfigurationOption])
  readonly removed!: readonly ConfigurationOption[];

  @Field(() => Money, { nullable: true })
  readonly totalBefore!: Money | null;

  @Field(() => Money, { nullable: true })
  readonly totalAfter!: Money | null;
}
