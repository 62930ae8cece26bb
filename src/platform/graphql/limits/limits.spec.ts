import { buildSchema, getIntrospectionQuery, parse, validate, specifiedRules } from 'graphql';
import { Limits, TooComplex } from './limits.js';

const schema = buildSchema('type Query { people: [Person!]! } type Person { name: String! friends: [Person!]! }');
const config = { maxDepth: 4, maxCost: 20, environment: 'production' } as const;

it('hides the schema in production, unless it is asked for', () => {
  const faults = (limits: Limits) =>
    validate(schema, parse(getIntrospectionQuery()), [...specifiedRules, ...limits.rules]);
  expect(faults(new Limits(config)).length).toBeGreaterThan(0);
  expect(faults(new Limits({ ...config, introspection: true }))).toEqual([]);
  expect(faults(new Limits({ ...config, environment: 'development' }))).toEqual([]);
  expect(faults(new Limits({ ...config, environment: 'development', introspection: false })).length).toBeGreaterThan(0);
});

it.each([
  ['{ people { friends { name } } }', undefined],
  ['{ people { friends { friends { friends { name } } } } }', 'its depth is 5, and at most 4'],
  ['{ people { friends { name friends { name } } } }', 'its cost is 49, and at most 20'],
])('bounds a subscription as it bounds a query: %s', (text, said) => {
  const check = () => new Limits(config).checkSubscription(schema, parse(text));
  if (said === undefined) expect(check).not.toThrow();
  else expect(check).toThrow(TooComplex);
  if (said !== undefined) expect(check).toThrow(said);
});

it('validates a subscription, which Mercurius does not', () => {
  expect(() => new Limits(config).checkSubscription(schema, parse('{ nothing }'))).toThrow(
    'Cannot query field "nothing"',
  );
});

it('takes no syntax tree for a document', () => {
  expect(() => new Limits(config).checkSource('{"kind":"Document"}')).toThrow('Syntax Error');
});
