import { createUnionType, Field, ObjectType } from '@nestjs/graphql';
import { LinkUnknown, TooManyAttempts } from '../pass/pass-refusals.js';
import { PassRenewed } from '../pass/pass.view.js';
import { Configuration } from './configuration.entity.js';

/** What stands behind a customer's own link; it names nobody, because links are forwarded. */
@ObjectType({ description: 'What stands behind a customer’s own link; it names nobody, because links are forwarded.' })
export class CustomerPage {
  @Field(() => Configuration)
  readonly configuration: Configuration;

  @Field(() => String, { description: 'In the reader’s language.' })
  readonly greeting: string;

  constructor(configuration: Configuration, greeting: string) {
    this.configuration = configuration;
    this.greeting = greeting;
  }
}

/** What asking for a fresh pass comes to. */
export const RenewPassResult = createUnionType({
  name: 'RenewPassResult',
  types: () => [PassRenewed, LinkUnknown, TooManyAttempts] as const,
  resolveType: (value: object) => ('pass' in value ? 'PassRenewed' : value.constructor.name),
});
