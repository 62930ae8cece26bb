import type { RecognitionStatus, RecognitionStrength } from './visit.words.js';

/** Why somebody is taken to be this person: a sentence of the catalogue with its parameters, written at reading. */
export interface Reason {
  /** What was shown or said: pass, link, wallet, configuration, name, or the kind of an identifier. */
  readonly identifier: string;
  readonly strength: RecognitionStrength;
}

/** One customer, and the record of hers that bears the sign. */
export interface Person {
  readonly customerId: string;
  readonly recordId: string;
}

/** Something shown or said, and the people it may belong to. */
export interface Sign extends Reason {
  readonly people: readonly Person[];
}

/** One of several people it may be. */
export interface CandidateFound {
  readonly recordId: string;
  readonly reasons: readonly Reason[];
}

/** How far it is settled who she is. */
export interface Identity {
  readonly status: RecognitionStatus;
  readonly strength: RecognitionStrength;
  readonly reasons: readonly Reason[];
  /** The record she is recognised by; null while nobody, or nobody in particular, is recognised. */
  readonly recordId: string | null;
  readonly candidates: readonly CandidateFound[];
}

/** More people than these are no choice any more. */
export const mostCandidates = 5;

const ranks: Record<RecognitionStrength, number> = { NONE: 0, STATED: 1, PRESENTED: 2, VERIFIED: 3 };

/** What is shown to a tablet without a connection is judged later, and proves less. */
export function strengthWhen(offline: boolean, strength: RecognitionStrength): RecognitionStrength {
  return offline && ranks[strength] > ranks.PRESENTED ? 'PRESENTED' : strength;
}

/** Nobody in particular; `signs` that point at nobody (a configuration's code) stay as reasons. */
export function anonymous(signs: readonly Reason[] = []): Identity {
  const reasons = signs.filter(aboutNobody).map(asReason);
  return { status: 'ANONYMOUS', strength: 'NONE', reasons, recordId: null, candidates: [] };
}

/** Whether a reason says nothing about the person: the code of a configuration may have come from anybody. */
export function aboutNobody(reason: Reason): boolean {
  return reason.identifier === 'configuration';
}

/** Somebody, by one record and its reasons; only what verifies confirms at once. */
export function somebody(recordId: string, reasons: readonly Reason[]): Identity {
  const strength = strongest(reasons);
  const status = strength === 'VERIFIED' ? 'CONFIRMED' : 'CLAIMED';
  return { status, strength, reasons: reasons.map(asReason), recordId, candidates: [] };
}

/**
 * Who it is by all signs together. The strongest signs that point at people decide: one person in common is
 * recognised, several become candidates; signs that contradict each other leave all of them as candidates.
 */
export function recognise(signs: readonly Sign[]): Identity {
  const telling = signs.filter((sign) => sign.people.length > 0);
  if (telling.length === 0) return anonymous(signs);
  const top = strongest(telling);
  const people = inCommon(telling.filter((sign) => sign.strength === top));
  const [first, ...others] = people;
  const silent = signs.filter((sign) => sign.people.length === 0 && aboutNobody(sign));
  if (first && others.length === 0) return somebody(first.recordId, [...pointingAt(first, telling), ...silent]);
  return {
    status: 'CLAIMED',
    strength: ranks[top] > ranks.PRESENTED ? 'PRESENTED' : top,
    reasons: [...telling, ...silent].map(asReason),
    recordId: null,
    candidates: people
      .map((person) => ({ recordId: person.recordId, reasons: pointingAt(person, telling).map(asReason) }))
      .sort((a, b) => b.reasons.length - a.reasons.length || (a.recordId < b.recordId ? -1 : 1))
      .slice(0, mostCandidates),
  };
}

/** The strongest of some reasons. */
export function strongest(reasons: readonly Reason[]): RecognitionStrength {
  let top: RecognitionStrength = 'NONE';
  for (const { strength } of reasons) if (ranks[strength] > ranks[top]) top = strength;
  return top;
}

/** What was known of somebody and what she shows now, taken together: of each sign the firmer one stays. */
export function together(known: Identity, now: Identity): Identity {
  const reasons = [...known.reasons];
  for (const reason of now.reasons) {
    const at = reasons.findIndex(({ identifier }) => identifier === reason.identifier);
    const before = reasons[at];
    if (!before) reasons.push(reason);
    else if (ranks[reason.strength] > ranks[before.strength]) reasons[at] = reason;
  }
  const firmer = ranks[now.strength] > ranks[known.strength] ? now : known;
  return { ...firmer, reasons };
}

function inCommon(signs: readonly Sign[]): Person[] {
  const everybody = new Map<string, Person>();
  for (const { people } of signs) {
    for (const person of people) if (!everybody.has(person.customerId)) everybody.set(person.customerId, person);
  }
  const shared = [...everybody.values()].filter((person) => signs.every((sign) => bears(person, sign)));
  return shared.length > 0 ? shared : [...everybody.values()];
}

function pointingAt(person: Person, signs: readonly Sign[]): Sign[] {
  return signs.filter((sign) => bears(person, sign));
}

function bears(person: Person, sign: Sign): boolean {
  return sign.people.some((one) => one.customerId === person.customerId);
}

function asReason({ identifier, strength }: Reason): Reason {
  return { identifier, strength };
}
