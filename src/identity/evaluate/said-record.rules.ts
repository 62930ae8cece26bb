import type { Observation, ObservedIdentifier } from '../record/observation.js';

/** One line of `records.jsonl`: what one source says of one person, values as they came. */
export type SaidRecord = Readonly<Record<string, string>> & { readonly source: string; readonly source_id: string };

/** Where each field goes. */
const traitOf = {
  name: 'name',
  given_name: 'givenName',
  middle_name: 'middleName',
  family_name: 'familyName',
  birthdate: 'birthDate',
  email: 'email',
  phone_number: 'phone',
  street_address: 'street',
  locality: 'locality',
  region: 'region',
  postal_code: 'postalCode',
  country: 'country',
  national_id: 'nationalId',
} as const;

const kindOf = { email: 'email', phone_number: 'phone', loyalty_id: 'loyalty', device_id: 'device' } as const;

/** Reads one line; an error names what is missing. */
export function readSaidRecord(line: string, number: number): SaidRecord {
  const said = parse(line, number);
  const fields = Object.entries(said).filter(([, value]) => value !== null && value !== undefined && value !== '');
  const record = Object.fromEntries(fields.map(([field, value]) => [field, textOf(value)]));
  if (!record['source'] || !record['source_id']) {
    throw new Error(`Line ${number} has no source and source_id: give both, they name the record.`);
  }
  return record as SaidRecord;
}

function parse(line: string, number: number): object {
  try {
    const said: unknown = JSON.parse(line);
    if (typeof said === 'object' && said !== null && !Array.isArray(said)) return said;
  } catch {
    // Said below.
  }
  throw new Error(`Line ${number} is no JSON object: give one object a line.`);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A record as its source would have told it; what it says is asserted, because the source is trusted; its id of the record is a customer number, as in an imported file. */
export function observationOf(
  record: SaidRecord,
  { sourceId, deviceScope, country, now }: { sourceId: string; deviceScope: string; country: string; now: Date },
): Observation {
  const traits = Object.entries({ country, national_id: record['passport'], ...record }).flatMap(([field, value]) =>
    field in traitOf && value !== undefined ? [[traitOf[field as keyof typeof traitOf], value] as const] : [],
  );
  const identifiers: ObservedIdentifier[] = Object.entries(kindOf).flatMap(([field, kind]) =>
    record[field] === undefined ? [] : [{ kind, value: record[field], asserted: true, ...scopeOf(kind, deviceScope) }],
  );
  if (!isBrowser(record)) identifiers.push({ kind: 'crm', value: record.source_id, asserted: true });
  const at = new Date(record['observed_at'] ?? now);
  return {
    source: { id: sourceId, code: record.source, trusted: true, country },
    sourceKey: record.source_id,
    identifiers,
    traits: Object.fromEntries(traits),
    occurredAt: Number.isNaN(at.getTime()) ? now : at,
  };
}

/** Of a browser its source has no customer number. */
function isBrowser(record: SaidRecord): boolean {
  return record['device_id'] !== undefined && Object.keys(record).every((field) => !tellsWho.has(field));
}

const tellsWho = new Set(['name', 'given_name', 'family_name', 'email', 'phone_number', 'loyalty_id']);

/** The sources of a data set speak of the same browsers, as a shop and the tablet that scanned its pass do. */
function scopeOf(kind: string, deviceScope: string): { scope?: string } {
  return kind === 'device' ? { scope: deviceScope } : {};
}
