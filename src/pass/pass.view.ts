import { Field, ObjectType } from '@nestjs/graphql';
import { GraphQLDateTime } from 'graphql-scalars';

/** A pass as it is shown: only here its code is known, the database holds a hash. */
@ObjectType({ description: 'Shown as a QR code at the door: opaque, opens one visit, ends within a minute.' })
export class Pass {
  @Field(() => String, { description: 'Upper-case URL behind the QR code; opaque, single use, expires.' })
  readonly url!: string;

  @Field(() => String, { description: 'The QR code as an SVG picture.' })
  readonly svg!: string;

  @Field(() => GraphQLDateTime)
  readonly expiresAt!: Date;
}

/** A fresh pass for the page behind a link. */
@ObjectType({ description: 'A fresh pass for the page behind a link.' })
export class PassRenewed {
  @Field(() => Pass)
  readonly pass!: Pass;
}
