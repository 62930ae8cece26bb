import { createUnionType, Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { Length } from 'class-validator';
import { GraphQLDateTime, GraphQLJSONObject } from 'graphql-scalars';
import { KeyReusedDifferently } from '../platform/idempotency/key-reused-differently.js';
import { Refusal } from '../platform/graphql/refusal.js';
import { Words } from '../platform/graphql/storable.js';

/** For whom the wallet pass is. */
@InputType({ description: 'For whom the wallet pass is.' })
export class IssueWalletPassInput {
  @Field(() => String, {
    description: 'Chosen by the caller; repeated it gives the same pass. At most 200 characters.',
  })
  @Length(1, 200)
  @Words()
  idempotencyKey!: string;

  @Field(() => String, { description: 'The number of the member whom the shop has signed in.' })
  @Length(1, 100)
  @Words()
  loyaltyId!: string;
}

/** A pass for her wallet; it verifies, so nobody but the member may be given any of it. */
@ObjectType({
  description:
    'The Google Wallet loyalty object with its rotating code, and the link that saves it where credentials are configured. ' +
    'Whoever holds any of it is taken for the member at the door: give it to nobody else.',
})
export class WalletPass {
  @Field(() => ID)
  readonly id!: string;

  @Field(() => GraphQLJSONObject, {
    description: 'LoyaltyObject with its rotatingBarcode; the secret of the code stands in it.',
  })
  readonly googleWalletObject!: Record<string, unknown>;

  @Field(() => String, {
    nullable: true,
    description: 'Saves the pass in her Google Wallet. Null where no account at Google is configured.',
  })
  readonly saveUrl!: string | null;

  @Field(() => String, { description: 'A page that shows the same rotating code, for phones without Google Wallet.' })
  readonly pageUrl!: string;
}

/** Nobody, or more than one, is known by this loyalty number. */
@ObjectType({
  implements: () => Refusal,
  description: 'No source has asserted this loyalty number of anybody, or of more than one person.',
})
export class MemberUnknown extends Refusal {
  override readonly code = 'MEMBER_UNKNOWN';
  override readonly message = 'This loyalty number is not known. Please check it.';
}

/** What asking for a wallet pass comes to. */
export const IssueWalletPassResult = createUnionType({
  name: 'IssueWalletPassResult',
  types: () => [WalletPass, MemberUnknown, KeyReusedDifferently] as const,
  resolveType: (value: object) => ('pageUrl' in value ? 'WalletPass' : value.constructor.name),
});

/** One step of a rotating code, ready to be shown. */
@ObjectType({ description: 'One step of a rotating code, ready to be shown.' })
export class RotatingCode {
  @Field(() => String)
  readonly text!: string;

  @Field(() => String, { description: 'The QR code as an SVG picture.' })
  readonly svg!: string;

  @Field(() => GraphQLDateTime, { description: 'When to begin to show it.' })
  readonly from!: Date;

  @Field(() => GraphQLDateTime, { description: 'When the next one takes its place.' })
  readonly until!: Date;
}

/** The page of a wallet pass: the codes of now and of the next steps, and the way into a wallet where there is one. */
@ObjectType({ description: 'The page of a wallet pass: the codes of now and of the next steps.' })
export class WalletPage {
  @Field(() => [RotatingCode], { description: 'The present one first; ask again before the last one ends.' })
  readonly codes!: RotatingCode[];

  @Field(() => Int, { description: 'Seconds for which each code is shown.' })
  readonly stepSeconds!: number;

  @Field(() => String, {
    nullable: true,
    description: 'Saves the pass in her Google Wallet. Null where no account at Google is configured.',
  })
  readonly saveUrl!: string | null;
}
