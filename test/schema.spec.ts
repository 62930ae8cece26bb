import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isObjectType,
  isScalarType,
  lexicographicSortSchema,
  printSchema,
  type GraphQLSchema,
} from 'graphql';
import { expectCommitted } from './support/committed.js';
import { openFoyer, type Foyer } from './support/foyer.js';

const root = join(import.meta.dirname, '..');
const contractFile = join(root, '../shared/contract.graphql');

/** Names tagged for issues that are not part of this release, by tag. */
const served = new Set(['Recognise']);

/** What the contract asks for and the schema lacks: `Type.field`, arguments and enum values included. */
function missing(contract: GraphQLSchema, schema: GraphQLSchema, later: ReadonlySet<string>): string[] {
  const gaps: string[] = [];
  for (const type of Object.values(contract.getTypeMap())) {
    // Scalars are asked for by the fields that use them.
    if (type.name.startsWith('__') || isScalarType(type) || later.has(type.name)) continue;
    const other = schema.getType(type.name);
    if (!other) {
      gaps.push(type.name);
      continue;
    }
    if (isEnumType(type) && isEnumType(other)) {
      gaps.push(
        ...type
          .getValues()
          .filter(({ name }) => !other.getValue(name))
          .map(({ name }) => `${type.name}.${name}`),
      );
    } else if ((isObjectType(type) && isObjectType(other)) || (isInputObjectType(type) && isInputObjectType(other))) {
      for (const field of Object.values(type.getFields())) {
        const path = `${type.name}.${field.name}`;
        if (later.has(path)) continue;
        const found = other.getFields()[field.name];
        if (!found) gaps.push(path);
        else if (String(found.type).replaceAll('!', '') !== String(field.type).replaceAll('!', ''))
          gaps.push(`${path}: ${String(found.type)}`);
      }
    }
  }
  return gaps;
}

/** Types and fields that the contract tags with the name of a later issue. */
function laterNames(text: string): Set<string> {
  const later = new Set<string>();
  let inside = '';
  let insideIsLater = false;
  for (const line of text.split('\n')) {
    const opened = /^(?:type|input|enum|union|interface|scalar) (\w+)/.exec(line)?.[1];
    const tag = /# \[(\w+)\]\s*$/.exec(line)?.[1];
    const isLater = tag !== undefined && !served.has(tag);
    if (opened) {
      inside = opened;
      insideIsLater = isLater;
      if (isLater) later.add(opened);
    } else if (isLater || insideIsLater) {
      const field = /^\s+(\w+)\s*[(:]/.exec(line)?.[1];
      if (field) later.add(`${inside}.${field}`);
    }
    if (/^\}/.test(line)) insideIsLater = false;
  }
  return later;
}

describe('the schema', () => {
  let foyer: Foyer;
  let schema: GraphQLSchema;

  beforeAll(async () => {
    foyer = await openFoyer();
    schema = foyer.app.get(GraphQLSchemaHost, { strict: false }).schema;
  });
  afterAll(() => foyer.close());

  it('is the committed schema.graphql', () => {
    const printed = `${printSchema(lexicographicSortSchema(schema))}\n`;
    expectCommitted('schema.graphql', printed);
  });

  const withContract = existsSync(contractFile) ? it : it.skip;
  withContract('serves every name clients count on (skipped where ../shared/contract.graphql is absent)', () => {
    const text = readFileSync(contractFile, 'utf8');
    expect(missing(buildSchema(text), schema, laterNames(text))).toEqual([]);
  });
});
