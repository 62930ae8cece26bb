import type { Format } from './format.js';
import type { SentenceKey, Sentences } from './sentences.js';

/** The departments Foyer ships words for; a retailer's further ones are called by their own name. */
export type KnownDepartment = 'store' | 'sales' | 'online' | 'service' | 'finance' | 'marketing' | 'other';

/** How one sentence is said: a whole sentence, or what writes its parameters into one. */
export type Phrase<Key extends SentenceKey> = string | ((params: Sentences[Key], write: Words) => string);

/** Formats of the reader, and words for codes that appear in sentences. */
export interface Words extends Format {
  department(code: string): string;
  channel(code: string): string;
  identifier(kind: string): string;
  state(code: string): string;
  /** What a field of a form is called, at the beginning of a sentence. */
  field(name: string): string;
  /** What comparing one field of two records came to, as a whole sentence. */
  evidence(field: string, level: string): string;
  /** Why a comparison counts less than it would, as a whole sentence. */
  lowered(circumstance: string): string;
}

/** Everything that can be said in one language. */
export interface Language {
  /** As its own speakers call it. */
  readonly name: string;
  /** A department in the middle of a sentence, with its article where the language wants one. */
  readonly departments: Readonly<Record<KnownDepartment, string>>;
  /** How a customer and the shop reached each other, in the middle of a sentence. */
  readonly channels: Readonly<
    Record<'web' | 'app' | 'store' | 'phone' | 'email' | 'mail' | 'letter' | 'chat' | 'service' | 'other', string>
  >;
  readonly identifiers: Readonly<Record<'email' | 'phone' | 'loyalty' | 'account' | 'device' | 'crm', string>>;
  readonly states: Readonly<
    Record<'EXPECTED' | 'WAITING' | 'SERVING' | 'AWAY' | 'COMPLETED' | 'NO_SHOW' | 'CANCELLED', string>
  >;
  /** What the fields of forms are called, at the beginning of a sentence; others are called as in the API. */
  readonly fields: Readonly<
    Record<
      | 'code'
      | 'calledName'
      | 'statedName'
      | 'givenName'
      | 'familyName'
      | 'name'
      | 'value'
      | 'partySize'
      | 'note'
      | 'nextStep'
      | 'lostReason'
      | 'amountMinor'
      | 'pin'
      | 'token',
      string
    >
  >;
  /** What comparing one field of two records came to, by field and level, each a whole sentence. */
  readonly evidence: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Why a comparison counts less than it would, each a whole sentence that follows the comparison. */
  readonly lowered: Readonly<Record<'common' | 'elsewhere' | 'derived' | 'apart' | 'heldByOthers', string>>;
  readonly sentences: { readonly [Key in SentenceKey]: Phrase<Key> };
}

/** Declares a language: the whole change that adds one to what the server says; a sentence it lacks does not compile. */
export function defineLanguage(language: Language): Language {
  return Object.freeze(language);
}
