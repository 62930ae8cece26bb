import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
  isInterfaceType,
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** How large a document is once its fragments are written out. */
export interface Size {
  /** Deepest nesting of fields; a field without a selection counts one. */
  readonly depth: number;
  readonly aliases: number;
  readonly directives: number;
}

const nothing: Size = { depth: 0, aliases: 0, directives: 0 };

/**
 * Measures the largest operation of a document, in time proportional to its text whatever its fragments repeat.
 * It need not be valid yet: an unknown or circular fragment counts nothing, and validation will reject it.
 */
export function sizeOf(document: DocumentNode): Size {
  const fragments = fragmentsOf(document);
  const known = new Map<string, Size>();
  const measure = ({ selections }: SelectionSetNode): Size => selections.map(one).reduce(together, nothing);
  const one = (node: SelectionSetNode['selections'][number]): Size => {
    const directives = node.directives?.length ?? 0;
    if (node.kind === Kind.FRAGMENT_SPREAD) return together(fragment(node.name.value), { ...nothing, directives });
    const inner = node.selectionSet && !isIntrospection(node) ? measure(node.selectionSet) : nothing;
    if (node.kind === Kind.INLINE_FRAGMENT) return together(inner, { ...nothing, directives });
    const aliases = inner.aliases + (node.alias ? 1 : 0);
    return { depth: inner.depth + 1, aliases, directives: inner.directives + directives };
  };
  const fragment = (name: string): Size => {
    const size = known.get(name);
    if (size !== undefined) return size;
    known.set(name, nothing);
    const definition = fragments.get(name);
    const measured = definition ? measure(definition.selectionSet) : nothing;
    known.set(name, measured);
    return measured;
  };
  return operationsOf(document)
    .map((operation) =>
      together(measure(operation.selectionSet), { ...nothing, directives: operation.directives?.length ?? 0 }),
    )
    .reduce(larger, nothing);
}

/** How many items a list is expected to hold, for its cost. */
const expectedLength = 3;

/**
 * What the dearest operation of a valid document costs: one a field, times the expected length of every list around it.
 * Conditions (`@skip`, `@include`) are taken to select, so the cost does not depend on variables.
 */
export function costOf(schema: GraphQLSchema, document: DocumentNode): number {
  const fragments = fragmentsOf(document);
  const known = new Map<string, number>();
  const cost = ({ selections }: SelectionSetNode, type: GraphQLNamedType | undefined): number => {
    let sum = 0;
    for (const node of selections) {
      if (node.kind === Kind.FRAGMENT_SPREAD) sum += fragment(node.name.value);
      else if (node.kind === Kind.INLINE_FRAGMENT) {
        sum += cost(node.selectionSet, node.typeCondition ? schema.getType(node.typeCondition.name.value) : type);
      } else if (!isIntrospection(node)) {
        const returned =
          isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value]?.type : undefined;
        const inner = node.selectionSet && returned ? cost(node.selectionSet, getNamedType(returned)) : 0;
        sum += 1 + inner * (returned && isListType(getNullableType(returned)) ? expectedLength : 1);
      }
    }
    return sum;
  };
  const fragment = (name: string): number => {
    const definition = fragments.get(name);
    const before = known.get(name);
    if (before !== undefined || definition === undefined) return before ?? 0;
    known.set(name, 0);
    const type = schema.getType(definition.typeCondition.name.value);
    const sum = isCompositeType(type) ? cost(definition.selectionSet, type) : 0;
    known.set(name, sum);
    return sum;
  };
  return Math.max(
    0,
    ...operationsOf(document).map(({ operation, selectionSet }) =>
      cost(selectionSet, schema.getRootType(operation) ?? undefined),
    ),
  );
}

// Mercurius takes what is no GraphQL for a syntax tree in JSON, which would pass by every limit of the parser.
/** Whether a text begins as JSON does and no GraphQL document can. */
export function looksLikeJson(source: string): boolean {
  return /^\s*(?:\{\s*["}]|[["\d-]|(?:null|true|false)\s*$)/.test(source);
}

// The schema's own fields are few, shallow in data, and switched off where they are not wanted.
function isIntrospection(node: { readonly kind: string; readonly name?: { readonly value: string } }): boolean {
  return node.kind === Kind.FIELD && (node.name?.value === '__schema' || node.name?.value === '__type');
}

function together(one: Size, other: Size): Size {
  return {
    depth: Math.max(one.depth, other.depth),
    aliases: one.aliases + other.aliases,
    directives: one.directives + other.directives,
  };
}

function larger(one: Size, other: Size): Size {
  return {
    depth: Math.max(one.depth, other.depth),
    aliases: Math.max(one.aliases, other.aliases),
    directives: Math.max(one.directives, other.directives),
  };
}

function operationsOf({ definitions }: DocumentNode): OperationDefinitionNode[] {
  return definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
}

function fragmentsOf({ definitions }: DocumentNode): Map<string, FragmentDefinitionNode> {
  const fragments = definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map((definition) => [definition.name.value, definition]));
}
