/** How far a value of a kind speaks for one person. */
export type IdentifierClass =
  /** Given to one person: a verified login, a loyalty card, a customer number. */
  | 'personal'
  /** Usually one person's, sometimes a household's: e-mail, phone. */
  | 'contact'
  /** Whoever holds it right now: a browser, an app. */
  | 'device'
  /** Belongs to a place or to staff and identifies nobody: a kiosk, a Wi-Fi. */
  | 'place';

/** What is known about where a raw value was said. */
export interface NormaliseContext {
  /** ISO 3166-1 alpha-2, upper case: the record's country, for values written the local way. */
  country?: string | undefined;
  /** The naming space of the value where it is not universal: the id of the source whose accounts these are. */
  scope?: string | undefined;
}

/** A value that can be compared. */
export interface Normalised {
  /** The canonical form: two records hold the same value exactly when their keys are equal. */
  key: string;
  /** Weaker forms, worth a look but no proof: a phone's last nine digits, a mail address without its tag. */
  near: string[];
}

/** A value that identifies nobody, and why, in words for a person who repairs data. */
export interface Unusable {
  unusable: string;
}

/** One kind of identifier, described in fields; each lives in a file of its own in `identifiers/`. */
export interface IdentifierKind {
  kind: string;
  class: IdentifierClass;
  /** One line for the manual. */
  describe: string;
  /** Whether a value means something only within its source (an account number) or everywhere (a phone number). */
  scoped: boolean;
  /** More different people than this on one value, and it stops identifying anybody. */
  maxPeoplePerValue: number;
  /** More different values than this on one customer, and she is taken for several people. */
  maxValuesPerPerson: number;
  /** How firmly an equal value joins two records, in bits; the firmest links are laid first. */
  weight: number;
  normalise(raw: string, context: NormaliseContext): Normalised | Unusable;
  /** The value as it may be shown to somebody who must not read it: enough to recognise one's own. */
  mask(key: string): string;
}

/** Declares an identifier kind: the whole change that adds one. */
export function defineIdentifier(kind: IdentifierKind): IdentifierKind {
  return Object.freeze(kind);
}

/** Whether a value came out unusable. */
export function isUnusable(outcome: Normalised | Unusable): outcome is Unusable {
  return 'unusable' in outcome;
}

/** The key of a scoped value: the scope in front, so that equal numbers of two sources stay two values. */
export function scopedKey(scope: string | undefined, value: string): string {
  return `${scope ?? ''}:${value}`;
}

/** All but the last `shown` characters as dots. */
export function maskAllBut(shown: number, text: string): string {
  const value = text.slice(text.indexOf(':') + 1);
  return `…${value.slice(-Math.min(shown, Math.floor(value.length / 2)))}`;
}
