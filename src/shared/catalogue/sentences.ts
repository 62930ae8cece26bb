import type { Amount } from '../money.js';

/** A point in time as facts keep it: RFC 3339 text, or a Date where it never left memory. */
export type Instant = string | Date;

/** No parameters. */
export type Nothing = Readonly<Record<string, never>>;

/** What can be said: every key, and what has to be known to say it. A language says all of them. */
export interface Sentences {
  // An expected "no", by its code; the parameters are the refusal's own fields.
  'refusal.KEY_REUSED_DIFFERENTLY': Nothing;
  'refusal.CODE_UNKNOWN': Nothing;
  'refusal.PASS_EXPIRED': { expiredAt: Instant };
  'refusal.PASS_ALREADY_USED': { usedAt: Instant };
  'refusal.TOO_MANY_ATTEMPTS': { retryAfterSeconds: number };
  'refusal.VISIT_NOT_FOUND': Nothing;
  'refusal.NOT_POSSIBLE_NOW': {
    state: string;
    takenBy?: { displayName: string } | null | undefined;
    /** What stands in the way, where there is more to say than the state. */
    obstacle?: 'alreadyKnown' | 'nobodyToConfirm' | 'chooseFirst' | 'nobodyToDispute' | (string & {}) | undefined;
  };
  'refusal.CANDIDATE_UNKNOWN': Nothing;
  'refusal.LINK_UNKNOWN': Nothing;
  'refusal.STORE_UNKNOWN': Nothing;
  'refusal.MEMBER_UNKNOWN': Nothing;
  'refusal.RECORD_UNKNOWN': Nothing;
  'refusal.CUSTOMER_UNKNOWN': Nothing;
  'refusal.JUDGEMENT_UNKNOWN': Nothing;
  'refusal.NOTHING_TO_SEPARATE': Nothing;
  'refusal.ALREADY_ONE': Nothing;
  'refusal.JUDGED_APART': Nothing;

  // Why somebody is not let in, or may not do that; to staff at a tablet or at the desk.
  'access.pin-wrong': Nothing;
  'access.pin-rests': Nothing;
  'access.pin-unfit': Nothing;
  'access.pin-easy': Nothing;
  'access.too-many-look-ups': { retryAfterSeconds: number };
  'access.enrol-code-unknown': Nothing;
  'access.tablet-unknown': Nothing;
  'access.token-needed': Nothing;
  'access.staff-token-needed': Nothing;
  'access.not-allowed': Nothing;
  'access.not-on-shift': Nothing;
  'access.challenge-over': Nothing;
  'access.pin-of-another': Nothing;
  'access.staff-elsewhere': Nothing;
  'access.store-elsewhere': Nothing;
  'access.tablet-elsewhere': Nothing;
  'access.not-that-store': Nothing;
  'access.tablet-alone': Nothing;

  // What is wrong with what was typed; to whoever typed it. field: the name of the field in the API.
  'input.too-long': { field: string; most: number };
  'input.length': { field: string; least: number; most: number };
  'input.too-small': { field: string; least: number };
  'input.too-large': { field: string; most: number };
  'input.characters': { field: string };
  'input.unfit': { field: string };
  'input.nobody-sought': Nothing;
  'input.nobody-named': Nothing;
  'input.too-long-ago': Nothing;
  'input.configuration-elsewhere': Nothing;

  // What is our fault; to whoever is waiting.
  'fault.unavailable': Nothing;
  'fault.internal': { faultId: string };

  // Why two records are, or may be, of one customer; to staff who judge.
  'evidence.compared': {
    field: string;
    level: string;
    /** What lowers it, and whether others bear the same value too. */
    under?: string | undefined;
    isHeldByOthers?: boolean;
  };
  'evidence.householdCap': Nothing;
  'evidence.unproven': Nothing;
  'evidence.proof': { kind: string; shown: string };
  'evidence.shared-proof': { kind: string; shown: string };
  'evidence.device': Nothing;
  'evidence.judged': { why: string };

  // Why the machine does not join two records that are alike enough; to staff who judge.
  'guard.names': Nothing;
  'guard.births': Nothing;
  'guard.worth': Nothing;
  'guard.values': { kind: string };

  // Why a visitor is taken to be this customer, or may be.
  'match.pass.verified': Nothing;
  'match.pass': Nothing;
  'match.wallet': Nothing;
  'match.link': Nothing;
  'match.configuration': Nothing;
  'match.loyalty.presented': Nothing;
  'match.name': Nothing;
  'match.alike': Nothing;
  'match.claim': Nothing;
  'match.identifier': { kind: string };
  'match.new.name': Nothing;
  'match.new.identifier': { kind: string };

  // On the customer's own phone, to the customer.
  'page.greeting': { model: string };
  'door.announced': { minutes: number | null };

  // What to be careful about, to the salesperson.
  'warning.two-stores': Nothing;
  'because.two-stores': Nothing;

  // What happened, one line a session.
  'activity.configured': { model: string; saved: boolean };
  'activity.quote-asked': { model: string };
  'activity.shared': { model: string };
  'activity.ordered': { label: string };
  'activity.viewed': { labels: readonly string[] };
  'activity.browsed': Nothing;
  'activity.appointment-booked': { at: Instant | null };
  'activity.contacted': { channel: string; topic: string | null };
  'activity.matter-opened': { department: string };
  'activity.matter-closed': { department: string };
  'activity.visited': { store: string | null };
  'activity.signed-in': Nothing;
  'activity.other': { name: string };

  // Worth saying aloud, to the customer.
  'headline.appointment': { at: Instant };
  'headline.open-matter': { department: string };
  'headline.price-down': { model: string; by: Amount };
  'headline.built-price-down': { model: string; options: readonly string[]; by: Amount };
  'headline.price-up': { model: string; now: Amount };
  'headline.rebuilt': { model: string; options: readonly string[]; now: Amount };
  'headline.rebuilt-for-less': { model: string; options: readonly string[]; by: Amount };
  'headline.taken-back': { model: string; option: string };
  'headline.quote': { model: string };
  'headline.built': { model: string; options: readonly string[] };
  'headline.bought': { label: string; at: Instant };
  'headline.owns': { label: string; since: Instant | null };
  'headline.member-since': { at: Instant };

  // Why it is worth saying, to the salesperson.
  'because.appointment': { at: Instant };
  'because.open-matter': { department: string; openedAt: Instant };
  'because.price-changed': { before: Amount; after: Amount; seenAt: Instant };
  'because.rebuilt': { seenAt: Instant };
  'because.taken-back': { option: string; at: Instant };
  'because.quote': { at: Instant };
  'because.built': { at: Instant };
  'because.bought': { at: Instant; channel: string };
  'because.owns': { label: string };
  'because.member-since': { at: Instant };

  // What a department has not settled with her yet, without its content.
  'issue.open': { department: string; complaint: boolean };

  // What may not be shown, and why.
  'withheld.until-confirmed': Nothing;
  'withheld.consent': { purpose: string };
  'withheld.complaint': Nothing;
  'withheld.open-matter': { department: string };
  'withheld.department': { department: string };
  'withheld.anonymous': Nothing;
  'withheld.choose': Nothing;
}

/** The key of a sentence. */
export type SentenceKey = keyof Sentences;

/** A sentence before anybody has said it: what facts keep instead of text. */
export type Unsaid<Key extends SentenceKey = SentenceKey> = {
  [K in Key]: { readonly key: K; readonly params: Sentences[K] };
}[Key];

/** A sentence to be said later, checked against its parameters. */
export function unsaid<Key extends SentenceKey>(key: Key, params: Sentences[Key]): Unsaid {
  return { key, params } as unknown as Unsaid;
}
