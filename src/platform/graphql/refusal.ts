import { Field, InterfaceType } from '@nestjs/graphql';

/**
 * An expected "no": returned in the result union, never thrown, and readable aloud.
 * `message` is the English sentence; the served one is chosen by code from the catalogue in the reader's language.
 */
@InterfaceType({
  description:
    "An expected 'no'. Returned in the result union, never thrown; the message can be read aloud, in the reader's language.",
  resolveType: (value: Refusal) => value.constructor.name,
})
export abstract class Refusal {
  @Field(() => String)
  readonly code!: string;

  @Field(() => String)
  readonly message!: string;
}
