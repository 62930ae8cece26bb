import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  isUnionType,
  lexicographicSortSchema,
  printSchema,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type GraphQLType,
} from 'graphql';
import { expectCommitted } from './support/committed.js';
import { openFoyer, type Foyer } from './support/foyer.js';

type Fielded = GraphQLObjectType | GraphQLInterfaceType;
type Input = GraphQLArgument | GraphQLInputField;

const root = join(import.meta.dirname, '..');
const contractFile = join(root, '../shared/contract.graphql');

/** Tags of the contract that are served; what bears another tag comes with the issue of that name. */
const served = new Set(['Recognise', 'Show']);

/** Whether what is given may stand where something is expected: as it is, or stricter. */
function fits(given: GraphQLType, expected: GraphQLType): boolean {
  if (isNonNullType(given)) return fits(given.ofType, isNonNullType(expected) ? expected.ofType : expected);
  if (isNonNullType(expected)) return false;
  if (isListType(given) && isListType(expected)) return fits(given.ofType, expected.ofType);
  return String(given) === String(expected);
}

const isRequiredInput = ({ type, defaultValue }: Input): boolean => isNonNullType(type) && defaultValue === undefined;

/** Gaps between what clients send and what is taken: each name they count on is there, and nothing else is required. */
function inputGaps(path: string, asked: readonly Input[], taken: readonly Input[]): string[] {
  const gaps = asked.flatMap(({ name, type }) => {
    const found = taken.find((other) => other.name === name);
    return found && fits(type, found.type) ? [] : [`${path}.${name}${found ? `: ${String(found.type)}` : ''}`];
  });
  const demanded = taken.filter((one) => isRequiredInput(one) && !asked.some(({ name }) => name === one.name));
  return [...gaps, ...demanded.map(({ name }) => `${path}.${name} is required`)];
}

/** Gaps between the fields clients read and those that are served. */
function fieldGaps(type: Fielded, other: Fielded, later: ReadonlySet<string>): string[] {
  return Object.values(type.getFields()).flatMap((field) => {
    const path = `${type.name}.${field.name}`;
    if (later.has(path)) return [];
    const found = other.getFields()[field.name];
    if (!found) return [path];
    const wrongType = fits(found.type, field.type) ? [] : [`${path}: ${String(found.type)}`];
    return [...wrongType, ...inputGaps(path, field.args, found.args)];
  });
}

/** What the contract asks of one type and the schema lacks. */
function typeGaps(type: GraphQLNamedType, other: GraphQLNamedType | undefined, later: ReadonlySet<string>): string[] {
  if (isEnumType(type) && isEnumType(other)) {
    const lacking = type.getValues().filter(({ name }) => !other.getValue(name) && !later.has(`${type.name}.${name}`));
    return lacking.map(({ name }) => `${type.name}.${name}`);
  }
  if (isUnionType(type) && isUnionType(other)) {
    const members = new Set(other.getTypes().map(({ name }) => name));
    return type
      .getTypes()
      .flatMap(({ name }) => (members.has(name) || later.has(name) ? [] : [`${type.name} | ${name}`]));
  }
  if (isInputObjectType(type) && isInputObjectType(other)) {
    const asked = Object.values(type.getFields()).filter(({ name }) => !later.has(`${type.name}.${name}`));
    return inputGaps(type.name, asked, Object.values(other.getFields()));
  }
  if (isInterfaceType(type) && isInterfaceType(other)) return fieldGaps(type, other, later);
  if (isObjectType(type) && isObjectType(other)) {
    const implemented = new Set(other.getInterfaces().map(({ name }) => name));
    const lacking = type.getInterfaces().filter(({ name }) => !implemented.has(name));
    return [...lacking.map(({ name }) => `${type.name} implements ${name}`), ...fieldGaps(type, other, later)];
  }
  return [type.name];
}

/** What the contract asks for and the schema lacks or has otherwise: types, fields, arguments, enum values, members of unions. */
function missing(contract: GraphQLSchema, schema: GraphQLSchema, later: ReadonlySet<string>): string[] {
  return Object.values(contract.getTypeMap()).flatMap((type) =>
    // Scalars are asked for by the fields that use them.
    type.name.startsWith('__') || isScalarType(type) || later.has(type.name)
      ? []
      : typeGaps(type, schema.getType(type.name), later),
  );
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
