import { parseLocality, parsePostalCode, parseStreet } from '../normalise/address.rules.js';
import { parseBirthDate } from '../normalise/date.rules.js';
import { fold } from '../normalise/text.rules.js';
import type { Traits } from '../record/observation.js';

/** How two records stand in one thing they say. */
export type Standing = 'SAME' | 'DIFFERENT' | 'ONE_SIDED';

/** What a record says, as it is stored. */
export interface Told {
  readonly traits: Traits;
  readonly held: readonly { readonly kind: string; readonly key: string }[];
  readonly country: string;
  /** Nobody is born after it. */
  readonly lastSeenAt: Date;
}

const compared = [
  'name',
  'givenName',
  'middleName',
  'familyName',
  'birthDate',
  'street',
  'postalCode',
  'locality',
  'region',
  'country',
] as const;

/**
 * Field by field whether two records say the same: by what is meant, not by how it is written, and whatever of it the reader may
 * see. A field that neither has is left out.
 */
export function standings(a: Told, b: Told): { field: string; standing: Standing }[] {
  const [one, other] = [meant(a), meant(b)];
  // Traits in their order, then identifiers by name.
  const place = new Map<string, number>(compared.map((field, index) => [field, index]));
  const rank = (field: string): number => place.get(field) ?? compared.length;
  const fields = [...new Set([...one.keys(), ...other.keys()])].sort((x, y) => rank(x) - rank(y) || (x < y ? -1 : 1));
  return fields.map((field) => {
    const [mine, theirs] = [one.get(field), other.get(field)];
    if (!mine || !theirs) return { field, standing: 'ONE_SIDED' };
    return { field, standing: [...mine].some((text) => theirs.has(text)) ? 'SAME' : 'DIFFERENT' };
  });
}

/** By field everything a record says, in the form in which equal things are equal. */
function meant({ traits, held, country, lastSeenAt }: Told): Map<string, Set<string>> {
  const all = new Map<string, Set<string>>();
  for (const field of compared) {
    const text = traits[field]?.trim();
    if (text) all.set(field, new Set([formOf(field, text, country, lastSeenAt.getUTCFullYear())]));
  }
  for (const { kind, key } of held) all.set(kind, (all.get(kind) ?? new Set()).add(key));
  return all;
}

function formOf(field: (typeof compared)[number], text: string, country: string, year: number): string {
  const parsed = {
    birthDate: () => parseBirthDate(text, country, year),
    street: () => parseStreet(text),
    postalCode: () => parsePostalCode(text, country),
    locality: () => parseLocality(text),
  };
  const form = field in parsed ? parsed[field as keyof typeof parsed]() : undefined;
  return form === undefined ? fold(text) : JSON.stringify(form);
}
