import { isObjectType, type GraphQLField, type GraphQLSchema } from 'graphql';

/** What Nest calls the resolver it gives to every field that is only a property. */
const nestPropertyReader = 'rootFieldResolver';

/**
 * Takes away the resolvers that only read the property of the field's own name: that is what GraphQL does without one,
 * and what the compiler of documents writes as a plain property access instead of a call for each of some hundred fields.
 */
export function plainFields(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) if (readsItsProperty(field)) delete field.resolve;
  }
  return schema;
}

/** A field under another name than its property, or with a value for absent ones, keeps its resolver. */
function readsItsProperty({ name, resolve }: GraphQLField<unknown, unknown>): boolean {
  if (resolve?.name !== nestPropertyReader) return false;
  const read = resolve as (parent: object) => unknown;
  const proof = {};
  return read({ [name]: proof }) === proof && read({}) === undefined;
}
