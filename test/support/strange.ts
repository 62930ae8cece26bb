import fc, { type Arbitrary } from 'fast-check';
import {
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLOutputType,
} from 'graphql';

/** Text as only a mistake or an attacker sends it, and now and then text that is known to the server. */
export function strangeText(known: readonly string[]): Arbitrary<string> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...known) },
    { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
    { weight: 1, arbitrary: fc.uuid() },
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        ...[
          '',
          ' ',
          '\u0000',
          'a\u0000b',
          '\ud800',
          '\u202e',
          '٣',
          '%00',
          '../..',
          "' OR 1=1 --",
          '<b>',
          '__proto__',
          'constructor',
        ],
        ...['x'.repeat(5000), '😀'.repeat(300), '-1', '1e999', 'NaN', 'null', 'true', '[]', '{}'],
        ...['0000-00-00T00:00:00Z', '9999-12-31T23:59:59Z', '+275760-09-13T00:00:00Z', '2026-03-10T11:00:00Z'],
      ),
    },
  );
}

/** Values of an input type: mostly of the right shape, for what is refused at once teaches little. */
export function strangeInput(type: GraphQLInputType, text: Arbitrary<string>, depth = 0): Arbitrary<unknown> {
  if (isNonNullType(type)) return withOdds(strangeInput(type.ofType, text, depth), fc.constant(null), 60);
  if (isListType(type)) return fc.array(strangeInput(type.ofType, text, depth + 1), { maxLength: 3 });
  if (isEnumType(type)) return withOdds(fc.constantFrom(...type.getValues().map(({ name }) => name)), text, 20);
  if (isInputObjectType(type)) {
    const entries = Object.values(type.getFields()).map((field) => [
      field.name,
      strangeInput(field.type, text, depth + 1),
    ]);
    const required = Object.values(type.getFields())
      .filter((field) => isNonNullType(field.type))
      .map(({ name }) => name);
    return fc.record(Object.fromEntries(entries) as Record<string, Arbitrary<unknown>>, { requiredKeys: required });
  }
  const numbers = fc.oneof(fc.integer(), fc.constantFrom(0, -1, 1, 2 ** 31, 2 ** 53, -(2 ** 53), 1e308, 0.5));
  if (/Int|Float/.test(type.name)) return withOdds(numbers, text, 20);
  if (type.name === 'Currency') return withOdds(fc.constantFrom('EUR', 'JPY', 'XXX', 'eur'), text, 10);
  if (type.name === 'DateTime')
    return withOdds(
      fc.constantFrom('2026-03-10T11:00:00Z', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59+14:00'),
      text,
      10,
    );
  return withOdds(text, fc.constantFrom<unknown>(7, true, [], {}, null), 30);
}

/** Everything there is to select of a type, so deep. */
export function everythingOf(type: GraphQLOutputType, depth: number): string {
  const named = getNamedType(type);
  if (!isCompositeType(named)) return '';
  const members = isUnionType(named) ? named.getTypes() : [];
  const spread = members.map((member) => `... on ${member.name} ${everythingOf(member, depth) || '{ __typename }'}`);
  const fields = isObjectType(named) ? Object.values(named.getFields()).flatMap((field) => select(field, depth)) : [];
  return `{ __typename ${[...spread, ...renamed(named.name, fields)].join(' ')} }`;
}

function select(field: GraphQLField<unknown, unknown>, depth: number): string[] {
  if (field.args.some((argument) => isNonNullType(argument.type))) return [];
  if (!isCompositeType(getNamedType(field.type))) return [field.name];
  return depth > 0 ? [`${field.name} ${everythingOf(field.type, depth - 1)}`] : [];
}

// Members of a union may have fields of one name and different nullability; those that do are left out.
function renamed(type: string, fields: string[]): string[] {
  return type === 'NotPossibleNow' ? fields.filter((field) => !field.startsWith('state')) : fields;
}

/** A text in which something went wrong on the way: cut off, doubled, a character lost or changed. */
export function damaged(text: string): Arbitrary<string> {
  const place = fc.nat({ max: Math.max(0, text.length - 1) });
  return fc.oneof(
    place.map((at) => text.slice(0, at)),
    place.map((at) => text.slice(at)),
    fc.tuple(place, place).map(([from, to]) => text.slice(0, from) + text.slice(to)),
    fc
      .tuple(place, fc.string({ unit: 'binary', maxLength: 3 }))
      .map(([at, more]) => text.slice(0, at) + more + text.slice(at + 1)),
    fc
      .tuple(place, fc.constantFrom('{', '}', '[', ']', '"', ',', ':', 'null', '1e999', '\\u0000', '$'))
      .map(([at, more]) => text.slice(0, at) + more + text.slice(at)),
  );
}

/** A JSON value in which one part was replaced by something strange. */
export function mutated(value: unknown, text: Arbitrary<string>): Arbitrary<unknown> {
  const strange = fc.oneof(
    text,
    fc.constantFrom<unknown>(null, 0, -1, 1e308, true, [], {}, [[[]]]),
    fc.jsonValue({ maxDepth: 2 }),
  );
  if (Array.isArray(value) && value.length > 0) {
    const [first, ...rest] = value as unknown[];
    return fc.oneof(
      strange,
      fc.constant(rest),
      mutated(first, text).map((changed) => [changed, ...rest]),
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return strange;
  const entries = Object.entries(value);
  if (entries.length === 0) return strange;
  return fc.oneof(
    { weight: 1, arbitrary: strange },
    {
      weight: 2,
      arbitrary: fc
        .nat({ max: entries.length - 1 })
        .map((lost) => Object.fromEntries(entries.filter((_, index) => index !== lost))),
    },
    {
      weight: 8,
      arbitrary: fc.nat({ max: entries.length - 1 }).chain((index) => {
        const [key = '', part] = entries[index] ?? [];
        return mutated(part, text).map((changed) => ({ ...value, [key]: changed }));
      }),
    },
  );
}

function withOdds<A, B>(usual: Arbitrary<A>, rare: Arbitrary<B>, odds: number): Arbitrary<A | B> {
  return fc.oneof({ weight: odds, arbitrary: usual }, { weight: 1, arbitrary: rare });
}
