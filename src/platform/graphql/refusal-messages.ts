import { isObjectType, type GraphQLSchema } from 'graphql';
import { sayRefusal } from '../../shared/catalogue/say.js';
import type { GraphqlContext } from './context.js';
import type { Refusal } from './refusal.js';

/** Lets every refusal speak the reader's language: its message is said from the catalogue by its code. */
export function speakRefusals(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || !type.getInterfaces().some(({ name }) => name === 'Refusal')) continue;
    const message = type.getFields()['message'];
    if (!message) continue;
    message.resolve = (refusal: Refusal, _arguments, { actor }: GraphqlContext) => sayRefusal(actor.language, refusal);
  }
  return schema;
}
