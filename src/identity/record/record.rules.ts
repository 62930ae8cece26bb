import { isUnusable } from '../identifier.js';
import type { IdentifierKinds } from '../identifier-kinds.js';
import { type Profile, profileOf } from '../evidence/profile.rules.js';
import type { HeldIdentifier, LiveRecord } from '../partition/live-record.js';
import { valueId } from '../partition/live-record.js';
import type { Observation } from './observation.js';
import { mergeTraits, type SaidTraits } from './traits.rules.js';

/** The version of the normal forms kept on a record; raised when `identity/normalise` changes. */
export const normaliserVersion = 2;

/** A record as it is stored: what was said, by source and key, with the identifiers it bears. */
export interface StoredRecord extends SaidTraits {
  id: string;
  sourceId: string;
  sourceKey: string;
  country: string;
  trusted: boolean;
  identifiers: StoredIdentifier[];
  firstSeen: number;
  lastSeen: number;
}

/** An identifier with its value as it came. */
export interface StoredIdentifier extends HeldIdentifier {
  value: string;
}

/** A record about which nothing has been said. */
export function blankRecord(id: string, { source, sourceKey, occurredAt }: Observation): StoredRecord {
  const at = occurredAt.getTime();
  return {
    traits: {},
    traitsAt: {},
    asserted: [],
    identifiers: [],
    trusted: source.trusted,
    id,
    sourceId: source.id,
    sourceKey,
    country: source.country,
    firstSeen: at,
    lastSeen: at,
  };
}

/** The record after one more observation; commutative and idempotent. */
export function absorb(record: StoredRecord, observation: Observation, kinds: IdentifierKinds): StoredRecord {
  const at = observation.occurredAt.getTime();
  const asserted = observation.asserted ?? observation.source.trusted;
  const said = mergeTraits(record, observation.traits, observation.occurredAt, asserted);
  return {
    ...record,
    traits: said.traits,
    traitsAt: said.traitsAt,
    asserted: said.asserted,
    country: countryOf(said.traits.country) ?? observation.source.country,
    trusted: record.trusted || observation.source.trusted,
    identifiers: absorbIdentifiers(record.identifiers, observation, kinds),
    firstSeen: Math.min(record.firstSeen, at),
    lastSeen: Math.max(record.lastSeen, at),
  };
}

function absorbIdentifiers(
  held: readonly StoredIdentifier[],
  { identifiers, source, traits, occurredAt }: Observation,
  kinds: IdentifierKinds,
): StoredIdentifier[] {
  const at = occurredAt.getTime();
  // The country said in the same breath, never an earlier one: the order of arrival must not decide how a number is read.
  const country = countryOf(traits.country) ?? source.country;
  const all = new Map(held.map((one) => [valueId(one.kind, one.key), one]));
  for (const { kind, value, asserted, scope } of identifiers) {
    const outcome = kinds.get(kind)?.normalise(value, { country, scope: scope ?? source.id });
    if (!outcome || isUnusable(outcome)) continue;
    const id = valueId(kind, outcome.key);
    const before = all.get(id);
    const said = value.trim();
    all.set(id, {
      kind,
      key: outcome.key,
      value: before && before.value < said ? before.value : said,
      asserted: asserted || (before?.asserted ?? false),
      from: Math.min(at, before?.from ?? at),
      to: Math.max(at, before?.to ?? at),
    });
  }
  return [...all.values()];
}

/** ISO 3166 alpha-2 in upper case, when that is what was said. */
function countryOf(said: string | undefined): string | undefined {
  const code = said?.trim().toUpperCase();
  return code !== undefined && /^[A-Z]{2}$/.test(code) ? code : undefined;
}

/** What the partition needs to know of a record. */
export function liveRecord(record: StoredRecord): LiveRecord {
  return {
    id: record.id,
    rank: `${record.sourceId} ${record.sourceKey}`,
    name: profileOfRecord(record).name,
    birth: profileOfRecord(record).birth,
    identifiers: record.identifiers,
  };
}

/** Records are never changed in place, so what was once made of one holds. */
const profiles = new WeakMap<StoredRecord, Profile>();

/** What is compared of a record. */
export function profileOfRecord(record: StoredRecord): Profile {
  const known = profiles.get(record);
  if (known) return known;
  const profile = readProfile(record);
  profiles.set(record, profile);
  return profile;
}

/** The same without keeping it, for a record that is looked at once. */
export function readProfile({ traits, country, identifiers, lastSeen }: StoredRecord): Profile {
  return profileOf({ traits, country, identifiers, year: new Date(lastSeen).getUTCFullYear() });
}

/** Takes over what was found elsewhere to be compared of a record. */
export function adoptProfile(record: StoredRecord, profile: Profile): void {
  profiles.set(record, profile);
}

/** Whether the partition could tell the two versions of a record apart. */
export function bearsOnPartition(
  before: StoredRecord | undefined,
  after: StoredRecord,
  kinds: IdentifierKinds,
): boolean {
  return !before || essence(before, kinds) !== essence(after, kinds);
}

function essence(record: StoredRecord, kinds: IdentifierKinds): string {
  const held = record.identifiers
    .filter((one) => one.asserted)
    .map(({ kind, key, from, to }) => (kinds.get(kind)?.class === 'device' ? [kind, key, from, to] : [kind, key]))
    .sort();
  return JSON.stringify([profileOfRecord(record), record.trusted, held]);
}
