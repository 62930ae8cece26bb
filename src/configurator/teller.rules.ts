import { isUnusable, type IdentifierKind } from '../identity/identifier.js';
import type { Observation } from '../identity/record/observation.js';
import { personId } from '../ingest/person-id.rules.js';
import type { Ownership } from './configuration-event.js';

/** Somebody as the caller of `saveConfiguration` names her. */
export interface Named {
  readonly kind: string;
  readonly value: string;
}

/** What the caller may say, and from where. */
export interface Teller {
  readonly source: Observation['source'];
  /** A server key: its word is an assertion. */
  readonly asserts: boolean;
  /** The kinds that a source of this kind may assert. */
  readonly mayAssert: readonly string[];
}

/** What a save says of the person: the observation, how sure it is, and whether the shop has signed her in. */
export interface Told {
  readonly observation: Observation;
  readonly level: Ownership['level'];
  /** A personal identifier (login, loyalty card) was asserted. */
  readonly signedIn: boolean;
  /** The record is the session's own, because nothing names whose else it could be. */
  readonly ofSession: boolean;
}

/** Kinds by which a shop's server names the record, the firmest first. */
const firmest = ['loyalty', 'crm', 'email', 'phone'];

/**
 * Reads what a save says of the person. Her record is the one the tracking API would use: (source, user id) where a server
 * signed her in, else (source, what it asserts), else (source, browser), else one of the session alone. A claim never
 * reaches the record of the person it names.
 */
export function tell(
  said: { readonly identifiers: readonly Named[]; readonly sessionId: string; readonly occurredAt: Date },
  { source, asserts, mayAssert }: Teller,
  kinds: ReadonlyMap<string, IdentifierKind>,
): Told {
  const context = { country: source.country, scope: source.id };
  const usable = said.identifiers.flatMap(({ kind, value }) => {
    const description = kinds.get(kind);
    const text = kind === 'account' ? personId(value) : value.trim();
    if (!description || !text || isUnusable(description.normalise(text, context))) return [];
    // A browser knows its own device, whoever asks; of a person it only knows what she typed.
    const asserted = mayAssert.includes(kind) && (asserts || description.class === 'device');
    return [{ kind, value: text, asserted, class: description.class }];
  });
  const people = usable.filter((one) => one.class !== 'device' && one.class !== 'place');
  const asserted = people.filter((one) => one.asserted);
  const valueOf = (kind: string): string | undefined => usable.find((one) => one.kind === kind)?.value;
  const { sourceKey, ofSession } = keyOf(asserted, valueOf('device'), said.sessionId);
  const traits = Object.entries({ email: valueOf('email'), phone: valueOf('phone') }).filter(([, value]) => value);
  return {
    observation: {
      source: { ...source, trusted: asserts },
      sourceKey,
      identifiers: usable.map(({ kind, value, asserted: proven }) => ({ kind, value, asserted: proven })),
      traits: Object.fromEntries(traits),
      occurredAt: said.occurredAt,
    },
    level: asserted.length > 0 ? 'asserted' : people.length > 0 ? 'claimed' : 'anonymous',
    signedIn: asserted.some((one) => one.class === 'personal'),
    ofSession,
  };
}

function keyOf(
  asserted: readonly Named[],
  device: string | undefined,
  sessionId: string,
): { sourceKey: string; ofSession: boolean } {
  const account = asserted.find(({ kind }) => kind === 'account');
  if (account) return { sourceKey: `user:${account.value}`, ofSession: false };
  const known = firmest.map((kind) => asserted.find((one) => one.kind === kind)).find((one) => one !== undefined);
  const named = known ?? asserted[0];
  if (named) return { sourceKey: `${named.kind}:${named.value.toLowerCase()}`, ofSession: false };
  if (device !== undefined) return { sourceKey: `anonymous:${device}`, ofSession: false };
  return { sourceKey: sessionKey(sessionId), ofSession: true };
}

/** The source's name for a session of which it does not say whose it is. */
export function sessionKey(sessionId: string): string {
  return `session:${sessionId}`;
}
