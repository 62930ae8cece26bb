import { canonicalHeading, type Field } from './headings.js';

/** What the rows of a file tell of: people, what they bought, or how they were in touch. */
export type FileKind = 'people' | 'orders' | 'contacts';

/** By what a file is known to tell of orders or contacts: one field that only such rows have, or one of those that customers have as well beside another sign. */
const kindSigns: Readonly<Record<Exclude<FileKind, 'people'>, Record<'sure' | 'likely' | 'beside', readonly Field[]>>> =
  {
    orders: {
      sure: ['orderId', 'orderDate'],
      likely: ['orderTotal', 'orderStatus'],
      beside: ['product', 'productId', 'price'],
    },
    contacts: {
      sure: ['contactId', 'contactDate'],
      likely: ['contactTopic', 'contactChannel', 'contactDirection'],
      beside: [],
    },
  };

const ofHappenings: ReadonlySet<Field> = new Set([
  ...Object.values(kindSigns).flatMap(({ sure, likely, beside }) => [...sure, ...likely, ...beside]),
  'productCategory',
  'quantity',
  'currency',
  'department',
]);

const nameFields: readonly Field[] = ['name', 'givenName', 'familyName'];

/** Guesses it from the headings, what the columns are taken for, and what a map says by hand. */
export function fileKindOf(names: readonly string[], held: ReadonlySet<Field>, said: ReadonlySet<Field>): FileKind {
  const count = (some: readonly Field[]): number => some.filter((field) => held.has(field)).length;
  const isUnnamed = count(nameFields) === 0;
  const dates = names.some((name) => isDate(name, isUnnamed)) ? 1 : 0;
  const ids = isUnnamed && names.some((name) => canonicalHeading(name) === 'id') && names.some(isCustomerId) ? 1 : 0;
  for (const kind of ['orders', 'contacts'] as const) {
    const { sure, likely, beside } = kindSigns[kind];
    if ([...sure, ...likely].some((field) => said.has(field))) return kind;
    if (count(sure) > 0 || (count(likely) > 0 && count(likely) + count(beside) + dates + ids > 1)) return kind;
  }
  return 'people';
}

/** Whether a heading is of a customer's id; an `id` beside it is the row's own. */
export function isCustomerId(name: string): boolean {
  return /^(customer|cust|client|user|kunden|person)(id|no|nr|nummer|number)$/.test(canonicalHeading(name));
}

/** Whether a heading is of the date of whatever the row tells of; a customer has a date on which her row was made as well. */
export function isDate(name: string, orMade: boolean): boolean {
  const heading = canonicalHeading(name);
  return /^(date|datum|fecha|time|timestamp|at)$/.test(heading) || (orMade && /^created(at)?$/.test(heading));
}

/** A contact is a person to some systems: its id beside her name, without a date or a topic, is hers. */
export function settleContactId(
  names: readonly string[],
  found: Map<string, Field>,
  given: ReadonlyMap<string, Field | null>,
): void {
  const fields = new Set(found.values());
  const heading = names.find((name) => /^(contact|kontakt)id$/.test(canonicalHeading(name)));
  if (heading === undefined || given.has(heading) || found.get(heading) !== 'contactId') return;
  const isPerson = nameFields.some((field) => fields.has(field));
  const isHappening =
    fields.has('contactDate') || fields.has('contactTopic') || names.some((name) => isDate(name, false));
  if (!isPerson || isHappening) return;
  if (fields.has('id')) found.delete(heading);
  else found.set(heading, 'id');
}

/** Leaves out what tells of no person. */
export function withoutHappenings(found: Map<string, Field>, given: ReadonlyMap<string, Field | null>): void {
  for (const [name, field] of found) if (ofHappenings.has(field) && !given.has(name)) found.delete(name);
}
