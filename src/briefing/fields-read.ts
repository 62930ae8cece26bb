import { Kind, type FieldNode, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';
import type { Level } from './context.rules.js';

/** What of a context at each level is about a person, for the audit trail. */
const personal: Readonly<Record<Level, readonly string[]>> = {
  ANONYMOUS: ['configurations'],
  CLAIMED: ['customer.displayName', 'headline', 'configurations'],
  CONFIRMED: [
    'customer',
    'headline',
    'configurations',
    'activity',
    'ownedProducts',
    'purchases',
    'interests',
    'openIssues',
    'possibleMatches',
    'shopsWith',
    'withheld',
  ],
};

/** The part of a resolver's information that tells what was asked for. */
export interface Selection {
  readonly fieldNodes: readonly FieldNode[];
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
}

type ByLevel = Readonly<Record<Level, readonly string[]>>;

/** By the field of a parsed document, which lives as long as the server remembers the document. */
const known = new WeakMap<FieldNode, ByLevel>();
const withContext = new WeakMap<FieldNode, boolean>();

/** The personal fields that a reading of a context asks for and its level lets be shown; one under a condition counts. */
export function fieldsRead(level: Level, { fieldNodes, fragments }: Selection): readonly string[] {
  const [node, ...others] = fieldNodes;
  if (node === undefined) return [];
  if (others.length > 0) return byLevel(fieldNodes, fragments)[level];
  let found = known.get(node);
  if (found === undefined) known.set(node, (found = byLevel(fieldNodes, fragments)));
  return found[level];
}

/** Whether a visit is asked for with its context. */
export function asksForContext({ fieldNodes, fragments }: Selection): boolean {
  const [node, ...others] = fieldNodes;
  const read = (): boolean => {
    const asked = new Set<string>();
    for (const { selectionSet } of fieldNodes) collect(selectionSet, fragments, '', asked);
    return asked.has('context');
  };
  if (node === undefined || others.length > 0) return read();
  let found = withContext.get(node);
  if (found === undefined) withContext.set(node, (found = read()));
  return found;
}

function byLevel(nodes: readonly FieldNode[], fragments: Selection['fragments']): ByLevel {
  const asked = new Set<string>();
  for (const { selectionSet } of nodes) collect(selectionSet, fragments, '', asked);
  const read = (level: Level): readonly string[] => personal[level].filter((field) => asked.has(field));
  return { ANONYMOUS: read('ANONYMOUS'), CLAIMED: read('CLAIMED'), CONFIRMED: read('CONFIRMED') };
}

/** Names of the schema, not aliases; nested ones with a dot. A valid document has no circle of fragments. */
function collect(
  set: SelectionSetNode | undefined,
  fragments: Selection['fragments'],
  path: string,
  asked: Set<string>,
) {
  for (const selection of set?.selections ?? []) {
    if (selection.kind === Kind.FIELD) {
      const name = `${path}${selection.name.value}`;
      asked.add(name);
      collect(selection.selectionSet, fragments, `${name}.`, asked);
    } else {
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments[selection.name.value];
      collect(fragment?.selectionSet, fragments, path, asked);
    }
  }
}
