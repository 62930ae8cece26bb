import { Injectable } from '@nestjs/common';
import type { GraphQLSchema } from 'graphql';
import { SchemaWarden } from '../platform/graphql/context.js';
import { applyPolicies } from './apply-policies.js';

/** Puts the policies of all rooms in front of the fields of the served schema. */
@Injectable()
export class FieldPolicies extends SchemaWarden {
  guard(schema: GraphQLSchema): GraphQLSchema {
    return applyPolicies(schema);
  }
}
