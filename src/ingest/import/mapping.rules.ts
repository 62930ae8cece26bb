import {
  fileKindOf,
  isCustomerId,
  isDate,
  settleContactId,
  withoutHappenings,
  type FileKind,
} from './file-kind.rules.js';
import { canonicalHeading, fieldByHeading, fields, type Field } from './headings.js';
import { ImportFault } from './import-fault.js';

/** Which column holds what, in the order of the columns; what every row has in common; and what its rows tell of. */
export interface Mapping {
  readonly kind: FileKind;
  readonly columns: readonly { readonly heading: string; readonly field: Field | undefined }[];
  readonly constants: Readonly<Partial<Record<Field, string>>>;
}

/** What a map written by hand says instead of the guess. */
export interface Override {
  readonly kind?: FileKind | undefined;
  /** By heading; null leaves a column out. */
  readonly columns?: Readonly<Record<string, Field | null>> | undefined;
  readonly constants?: Readonly<Partial<Record<Field, string>>> | undefined;
}

const owners =
  /^(customer|client|kunden|kunde|billing|rechnungs|invoice|shipping|liefer|contact|person|primary|private)/;

/** Guesses what each column holds by its heading; what a map says goes before the guess. */
export function guessMapping(names: readonly string[], override: Override = {}): Mapping {
  const given = new Map(Object.entries(override.columns ?? {}));
  const unknown = [...given.keys()].filter((heading) => !names.includes(heading));
  if (unknown.length > 0) {
    throw new ImportFault(
      `The map names "${unknown.join('", "')}", which is no column of the file; its columns are ${names.join(', ')}.`,
    );
  }
  const said = new Set<Field>([...given.values()].filter((field) => field !== null));
  for (const field of Object.keys(override.constants ?? {})) said.add(field as Field);
  const taken = new Set(said);
  const found = new Map<string, Field>();
  for (const read of [exactly, withoutOwner]) {
    for (const name of names) {
      const field = given.has(name) || found.has(name) ? undefined : read(name);
      if (field === undefined || taken.has(field)) continue;
      found.set(name, field);
      taken.add(field);
    }
  }
  for (const [name, field] of given) if (field !== null) found.set(name, field);
  if (override.kind === undefined) settleContactId(names, found, given);
  const kind = override.kind ?? fileKindOf(names, new Set(found.values()), said);
  if (kind === 'people') withoutHappenings(found, given);
  settleShared(names, found, kind, given);
  return {
    kind,
    columns: names.map((heading) => ({ heading, field: found.get(heading) })),
    constants: override.constants ?? {},
  };
}

function exactly(name: string): Field | undefined {
  return (
    fieldByHeading.get(canonicalHeading(name)) ?? fieldByHeading.get(canonicalHeading(name.split('.').at(-1) ?? ''))
  );
}

function withoutOwner(name: string): Field | undefined {
  return fieldByHeading.get(canonicalHeading(name).replace(owners, ''));
}

/** Headings that mean one thing or another by what the file tells of: its own `id` beside a customer's, `date`, `status`. */
function settleShared(
  names: readonly string[],
  found: Map<string, Field>,
  kind: FileKind,
  given: ReadonlyMap<string, Field | null>,
): void {
  if (kind === 'people') return;
  const free = (field: Field): boolean => ![...found.values()].includes(field);
  const own = kind === 'orders' ? 'orderId' : 'contactId';
  for (const name of names) {
    if (given.has(name)) continue;
    const heading = canonicalHeading(name);
    const field = found.get(name);
    const date = kind === 'orders' ? 'orderDate' : 'contactDate';
    if (isDate(name, true) && field === undefined && free(date)) found.set(name, date);
    if (heading === 'status' && kind === 'orders' && free('orderStatus')) found.set(name, 'orderStatus');
    if (heading !== 'id' || !free(own)) continue;
    const customers = names.find(isCustomerId);
    if (customers === undefined || given.has(customers)) continue;
    found.set(name, own);
    found.set(customers, 'id');
  }
}

/** Reads a map that was written by hand. @throws ImportFault that says what is wrong with it. */
export function readOverride(text: string): Override {
  let map: unknown;
  try {
    map = JSON.parse(text);
  } catch {
    throw new ImportFault('The map is not valid JSON.');
  }
  if (!isObject(map)) throw new ImportFault('The map must be an object, as in {"columns":{"Mail 2":"email"}}.');
  const { kind, columns = {}, constants = {}, ...rest } = map;
  const stray = Object.keys(rest);
  if (stray.length > 0)
    throw new ImportFault(`The map says "${stray.join('", "')}"; it may say kind, columns and constants.`);
  if (kind !== undefined && kind !== 'people' && kind !== 'orders' && kind !== 'contacts')
    throw new ImportFault('"kind" of the map is people, orders or contacts.');
  if (!isObject(columns) || !isObject(constants))
    throw new ImportFault('"columns" and "constants" of the map must be objects.');
  for (const field of [...Object.values(columns), ...Object.keys(constants)]) {
    if (field !== null && !fields.includes(field as Field))
      throw new ImportFault(
        `The map speaks of ${JSON.stringify(field)}; a column may hold ${fields.join(', ')}, or null.`,
      );
  }
  if (!Object.values(constants).every((value) => typeof value === 'string'))
    throw new ImportFault('Every constant of the map must be text.');
  return { kind, columns: columns as Record<string, Field | null>, constants };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
