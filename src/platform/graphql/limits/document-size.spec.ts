import { buildSchema, getIntrospectionQuery, parse } from 'graphql';
import { costOf, looksLikeJson, sizeOf } from './document-size.js';

const schema = buildSchema(`
  type Query { me: Person people: [Person!]! found: Found }
  type Person { name: String! friends: [Person] }
  union Found = Person
`);

const size = (text: string) => sizeOf(parse(text));
const cost = (text: string) => costOf(schema, parse(text));

it('measures depth through fragments', () => {
  expect(size('{ me { friends { name } } }').depth).toBe(3);
  expect(size('{ me { ...a } } fragment a on Person { friends { ...b } } fragment b on Person { name }').depth).toBe(3);
  expect(size('{ me { ... on Person { name } } }').depth).toBe(2);
});

it('counts aliases and directives as often as they are written out', () => {
  const text =
    '{ me { ...a ...a @include(if: true) } } fragment a on Person { b: name @skip(if: false) c: __typename }';
  expect(size(text)).toMatchObject({ aliases: 4, directives: 3 });
});

it('takes the largest operation', () => {
  expect(size('query a { me { name } } query b { me { friends { friends { name } } } }').depth).toBe(4);
});

it.each(['{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }', '{ ...nowhere }'])(
  'ends on %s',
  (text) => {
    expect(size(text).depth).toBe(0);
    expect(cost(text)).toBe(0);
  },
);

it('takes time proportional to the text, whatever its fragments repeat', () => {
  const bomb = Array.from({ length: 60 }, (_, n) => `fragment f${n} on Person { ...f${n + 1} ...f${n + 1} }`).join(' ');
  const text = `{ me { ...f0 } } ${bomb} fragment f60 on Person { x: name }`;
  expect(size(text).aliases).toBe(2 ** 60);
  expect(cost(text)).toBeGreaterThanOrEqual(2 ** 60);
});

it('multiplies by the expected length of lists', () => {
  expect(cost('{ me { name } }')).toBe(2);
  expect(cost('{ people { name } }')).toBe(4);
  expect(cost('{ people { friends { name } } }')).toBe(1 + 3 * (1 + 3));
  expect(cost('{ found { ... on Person { friends { name } } } }')).toBe(5);
});

it('does not count what the schema says of itself', () => {
  expect(size(getIntrospectionQuery()).depth).toBe(1);
  expect(cost('{ __schema { types { name } } }')).toBe(0);
});

it.each(['{"kind":"Document"}', ' {}', '[1]', 'null', '-1', '"x"', 'true '])('knows %s for JSON', (text) => {
  expect(looksLikeJson(text)).toBe(true);
});

it.each(['{ me { name } }', '{me}', '# c\n{ me }', 'query nullable { me }', 'fragment true on Query { me }'])(
  'does not take %s for JSON',
  (text) => {
    expect(looksLikeJson(text)).toBe(false);
  },
);
