import { createUnionType, Field, ObjectType } from '@nestjs/graphql';
import { Pass } from '../pass/pass.view.js';
import { KeyReusedDifferently } from '../platform/idempotency/key-reused-differently.js';
import { Configuration } from './configuration.entity.js';

/** What a save answers. */
@ObjectType({ description: 'A repeated key returns the same ids and the same link, and a fresh pass.' })
export class SavedConfiguration {
  @Field(() => Configuration)
  readonly configuration: Configuration;

  @Field(() => Pass, { description: 'To show at once.' })
  readonly pass: Pass;

  @Field(() => String, {
    description: "The customer's own page, to mail or to keep: unguessable, expires after months, can be revoked.",
  })
  readonly link: string;

  constructor(configuration: Configuration, pass: Pass, link: string) {
    this.configuration = configuration;
    this.pass = pass;
    this.link = link;
  }
}

/** What a save comes to. */
export const SaveConfigurationResult = createUnionType({
  name: 'SaveConfigurationResult',
  types: () => [SavedConfiguration, KeyReusedDifferently] as const,
  resolveType: (value: object) => value.constructor.name,
});
