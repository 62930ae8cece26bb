import {
  defaultFieldResolver,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { ActorBearer } from './actor-of.js';
import { Forbidden, Unauthenticated } from './denial.js';
import { open, policiesOf, type Policy } from './policy.js';

/**
 * Checks that every field of every type has a policy and puts those that are not open in front of their fields.
 * Root fields have `@Allow` instead.
 * @throws Error that names the fields without a policy and the policies without a field.
 */
export function applyPolicies(schema: GraphQLSchema): GraphQLSchema {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const types = Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__') && !roots.includes(type),
  );
  const faults = types.flatMap(faultsOf);
  if (faults.length > 0)
    throw new Error(`${faults.join('\n')}\nSay who may read them with definePolicies in a *.policies.ts.`);
  for (const type of types) {
    for (const field of Object.values<GraphQLField<unknown, ActorBearer>>(type.getFields())) {
      const policy = policiesOf(type.name)?.[field.name] ?? open;
      if (policy !== open) protect(type, field, policy);
    }
  }
  return schema;
}

function faultsOf(type: GraphQLObjectType): string[] {
  const fields = Object.keys(type.getFields());
  const rules = policiesOf(type.name) ?? {};
  return [
    ...fields.filter((field) => !(field in rules)).map((field) => `${type.name}.${field} has no policy.`),
    ...Object.keys(rules)
      .filter((field) => !fields.includes(field))
      .map((field) => `${type.name}.${field} has a policy but is no field.`),
  ];
}

function protect(type: GraphQLObjectType, field: GraphQLField<unknown, ActorBearer>, policy: Policy): void {
  const resolve = field.resolve ?? defaultFieldResolver;
  const mayBeNull = !isNonNullType(field.type);
  field.resolve = (parent, args, context, info) => {
    if (context.actor === undefined) throw new Unauthenticated();
    if (policy.allows(context.actor, parent as never)) return resolve(parent, args, context, info);
    if (mayBeNull) return null;
    throw new Forbidden(`${type.name}.${field.name} may be read by ${policy.sentence} only.`);
  };
}
