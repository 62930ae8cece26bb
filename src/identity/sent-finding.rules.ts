import type { Observation, Traits } from '../ingest/observation.rules.js';
import type { ReceivedMessage } from '../ingest/tracking-event.js';
import { remembered } from '../shared/remembered.js';
import type { Profile } from './evidence/profile.rules.js';
import type { Day } from './normalise/date.rules.js';
import type { PersonName } from './normalise/name.rules.js';
import type { MatchKey } from './record/match-keys.js';
import type { StoredIdentifier, StoredRecord } from './record/record.rules.js';

/** What a message says of somebody, and what record it would make of her alone. */
export interface Finding {
  readonly observation: Observation;
  readonly alone: StoredRecord;
  readonly profile: Profile;
  readonly keys: readonly MatchKey[];
}

/**
 * A finding as it is sent to another thread: its texts in one list, since each object in an object costs more to send than what it
 * holds, and without what the message or the rest tells.
 */
export type SentFinding = readonly [
  texts: readonly Sendable[],
  trusted: boolean,
  birth: number | undefined,
  keys: readonly MatchKey[],
];

type Sendable = string | undefined;
type Next = () => Sendable;

/** What another thread must be told to have a finding whole. */
export function sentFinding({ observation, alone, profile, keys }: Finding): SentFinding {
  const texts: Sendable[] = [observation.sourceKey, alone.id, alone.country];
  texts.push(Object.keys(alone.traits).join(' '), ...(Object.values(alone.traits) as string[]));
  texts.push(kindsOf(observation.identifiers));
  for (const { value } of observation.identifiers) texts.push(value);
  texts.push(kindsOf(alone.identifiers));
  for (const { key, value } of alone.identifiers) texts.push(key, value);
  const { name, street, boxNames, misdate, postalCode, locality, nationalId } = profile;
  texts.push(name && name.given.join(' '), name?.family.join(' '), name?.generation);
  texts.push(street?.number, street?.name.join(' '), boxNames.join(' '), misdate, postalCode, locality, nationalId);
  return [texts, observation.source.trusted, profile.birth && numberOf(profile.birth), keys];
}

/** A finding as it was before it was sent, given the message of which it was made. */
export function receivedFinding(sent: SentFinding, { source, occurredAt }: ReceivedMessage): Finding {
  const [texts, trusted, birth, keys] = sent;
  const { id: sourceId, code, country } = source;
  let at = 0;
  const next: Next = () => texts[at++];
  const sourceKey = text(next);
  const id = text(next);
  const ownCountry = text(next);
  const fields = text(next);
  const traits = traitsOf(fields, next);
  const said = listed(next).map(({ kind, asserted }) => ({ kind, value: text(next), asserted }));
  const seen = occurredAt.getTime();
  const identifiers = listed(next).map(({ kind, asserted }): StoredIdentifier => {
    return { kind, key: text(next), value: text(next), asserted, from: seen, to: seen };
  });
  const alone: StoredRecord = {
    traits,
    traitsAt: momentsOf(fields, occurredAt.toISOString()),
    asserted: trusted ? sortedWords(fields) : [],
    identifiers,
    trusted,
    id,
    sourceId,
    sourceKey,
    country: ownCountry,
    firstSeen: seen,
    lastSeen: seen,
  };
  return {
    observation: { source: { id: sourceId, code, country, trusted }, sourceKey, identifiers: said, traits, occurredAt },
    alone,
    profile: profileOf(next, birth, identifiers),
    keys,
  };
}

function text(next: Next): string {
  return next() ?? '';
}

/** Kinds of identifiers in a row, those that are asserted marked; few rows of a file differ in them. */
function kindsOf(identifiers: readonly { kind: string; asserted: boolean }[]): string {
  let kinds = '';
  for (const { kind, asserted } of identifiers) kinds += asserted ? ` ${kind}!` : ` ${kind}`;
  return kinds;
}

const listed = (next: Next): readonly { kind: string; asserted: boolean }[] => kindsIn(text(next));

const kindsIn = remembered(1000, (kinds) =>
  several(kinds.slice(1)).map((kind) => ({ kind: kind.replace('!', ''), asserted: kind.endsWith('!') })),
);
const fieldsIn = remembered(1000, (fields) => several(fields) as (keyof Traits)[]);
const sortedWords = remembered(1000, (fields) => several(fields).sort());

function several(joined: string): string[] {
  return joined === '' ? [] : joined.split(' ');
}

function traitsOf(fields: string, next: Next): Traits {
  const traits: Traits = {};
  for (const field of fieldsIn(fields)) traits[field] = text(next);
  return traits;
}

/** Of somebody of whom nothing else is known everything was said at one moment. */
function momentsOf(fields: string, moment: string): Record<string, string> {
  const moments: Record<string, string> = {};
  for (const field of fieldsIn(fields)) moments[field] = moment;
  return moments;
}

function profileOf(next: Next, birth: number | undefined, identifiers: readonly StoredIdentifier[]): Profile {
  const keys = (kind: string): string[] => identifiers.filter((one) => one.kind === kind).map((one) => one.key);
  const [given, family, generation] = [next(), text(next), next() as PersonName['generation']];
  const [number, street] = [next(), text(next)];
  const name = given === undefined ? undefined : { given: several(given), family: several(family) };
  const boxNames = several(text(next));
  return {
    name: name && generation !== undefined ? { ...name, generation } : name,
    birth: birth === undefined ? undefined : dayOf(birth),
    misdate: next(),
    emails: keys('email'),
    phones: keys('phone'),
    devices: keys('device'),
    boxNames,
    street: number === undefined ? undefined : { number, name: several(street) },
    postalCode: next(),
    locality: next(),
    nationalId: next(),
  };
}

function numberOf({ year, month, day }: Day): number {
  return (year * 100 + month) * 100 + day;
}

function dayOf(number: number): Day {
  return { year: Math.floor(number / 10_000), month: Math.floor(number / 100) % 100, day: number % 100 };
}
