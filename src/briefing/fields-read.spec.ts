import { Kind, parse, type FieldNode, type FragmentDefinitionNode } from 'graphql';
import { asksForContext, fieldsRead, type Selection } from './fields-read.js';

/** What a resolver of `context` is told of a document. */
function selectionOf(text: string): Selection {
  const { definitions } = parse(text);
  const fragments = definitions.filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION);
  const [operation] = definitions;
  const fields = operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet.selections : [];
  return {
    fieldNodes: fields as FieldNode[],
    fragments: Object.fromEntries(fragments.map((one) => [one.name.value, one])),
  };
}

const read = (text: string, level: Parameters<typeof fieldsRead>[0] = 'CONFIRMED'): readonly string[] =>
  fieldsRead(level, selectionOf(text));

describe('the fields that a reading asks for', () => {
  it('are those of the document, by the names of the schema, through aliases, fragments and conditions', () => {
    expect(read('{ context { version asOf freshness { step } } }')).toEqual([]);
    expect(read('{ context { bought: purchases { label } } }')).toEqual(['purchases']);
    expect(
      read(
        '{ c: context { ...A ... on VisitorContext { headline { text } } } } fragment A on VisitorContext { ...B } fragment B on VisitorContext { activity { kind } }',
      ),
    ).toEqual(['headline', 'activity']);
    expect(read('{ context { customer @include(if: false) { displayName } } }')).toEqual(['customer']);
  });

  it('are those of all parts of a field that is asked for twice', () => {
    expect(read('{ context { headline { text } } context { activity { kind } } }')).toEqual(['headline', 'activity']);
  });

  it('are no more than the level lets be shown', () => {
    const all =
      '{ context { customer { displayName loyaltyId } headline { text } activity { kind } configurations { id } } }';
    expect(read(all, 'CLAIMED')).toEqual(['customer.displayName', 'headline', 'configurations']);
    expect(read('{ context { customer { loyaltyId } } }', 'CLAIMED')).toEqual([]);
    expect(read(all, 'ANONYMOUS')).toEqual(['configurations']);
  });

  it('are found once for a document that is remembered', () => {
    const selection = selectionOf('{ context { headline { text } } }');
    expect(fieldsRead('CONFIRMED', selection)).toBe(fieldsRead('CONFIRMED', selection));
  });
});

describe('a visit', () => {
  it.each([
    ['{ visit { id context { version } } }', true],
    ['{ visit { id ...F } } fragment F on Visit { brief: context { version } }', true],
    ['{ visit { id } visit { context { version } } }', true],
    ['{ visit { id store { id } } }', false],
  ])('%s asks for its context: %s', (text, asks) => {
    expect(asksForContext(selectionOf(text))).toBe(asks);
    expect(asksForContext(selectionOf(text))).toBe(asks);
  });
});
