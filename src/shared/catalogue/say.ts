import { remembered } from '../remembered.js';
import { Format, type Reader } from './format.js';
import type { Language, Words } from './language.js';
import { languageFor } from './languages.js';
import type { SentenceKey, Sentences, Unsaid } from './sentences.js';

class Speaker extends Format implements Words {
  constructor(
    reader: Reader,
    readonly language: Language,
  ) {
    super(reader);
  }

  department(code: string): string {
    return wordFor(this.language.departments, code);
  }

  channel(code: string): string {
    return wordFor(this.language.channels, code);
  }

  identifier(kind: string): string {
    return wordFor(this.language.identifiers, kind);
  }

  state(code: string): string {
    return wordFor(this.language.states, code);
  }

  field(name: string): string {
    return wordFor(this.language.fields, name);
  }

  evidence(field: string, level: string): string {
    return this.language.evidence[field]?.[level] ?? `${field}: ${level}`;
  }

  lowered(circumstance: string): string {
    return wordFor(this.language.lowered, circumstance);
  }
}

/** A code the language has no word for is said as it is. */
function wordFor(words: Readonly<Record<string, string>>, code: string): string {
  return Object.hasOwn(words, code) ? (words[code] ?? code) : code;
}

const speakers = new Map<string, Speaker>();
/** Readers whose formats are kept; beyond it somebody is making locales up. */
const mostSpeakers = 500;

/** Formats are dear to make and cheap to keep, so one speaker serves all readers of a locale and a zone. */
function speakerFor(reader: Reader): Speaker {
  const name = `${reader.locale} ${reader.timeZone}`;
  let speaker = speakers.get(name);
  if (!speaker) {
    speaker = new Speaker(reader, languageFor(reader.locale));
    if (speakers.size >= mostSpeakers) speakers.clear();
    speakers.set(name, speaker);
  }
  return speaker;
}

/** A locale that Intl accepts; anything else is read in English. */
const wellFormed = remembered(mostSpeakers, (locale) => {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en';
  } catch {
    return 'en';
  }
});

/**
 * Says one sentence to a reader.
 * @param to a locale such as `de` or `de-AT` (times are then told in UTC), or a reader with her store's time zone.
 */
export function say<Key extends SentenceKey>(to: string | Reader, key: Key, params: Sentences[Key]): string {
  const { locale, timeZone } = typeof to === 'string' ? { locale: to, timeZone: 'UTC' } : to;
  const speaker = speakerFor({ locale: wellFormed(locale), timeZone });
  const phrase = speaker.language.sentences[key];
  return typeof phrase === 'function' ? phrase(params, speaker) : phrase;
}

/** Says what a fact has kept; null if this release does not know the sentence any more. */
export function tell(to: string | Reader, sentence: Unsaid): string | null {
  const { key, params } = sentence;
  return key in languageFor('en').sentences ? say(to, key, params) : null;
}

/** Why not: a line for whoever operates Foyer, or a sentence that every reader has in her language. */
export type Reason = string | Unsaid;

/** Says a reason to a reader. */
export function sayReason(to: string | Reader, reason: Reason): string {
  return typeof reason === 'string' ? reason : (tell(to, reason) ?? reason.key);
}

/** The message of a refusal in the reader's language; the refusal's fields are the parameters. */
export function sayRefusal(to: string | Reader, refusal: { readonly code: string; readonly message: string }): string {
  const key = `refusal.${refusal.code}` as Extract<SentenceKey, `refusal.${string}`>;
  return tell(to, { key, params: refusal } as unknown as Unsaid) ?? refusal.message;
}

/** Why a visitor is taken for somebody: what was shown or said, and how firmly that shows who it is. */
export function sayMatch(
  to: string | Reader,
  reason: { readonly identifier: string; readonly strength: string },
): string {
  const { identifier, strength } = reason;
  switch (identifier) {
    case 'pass':
      return say(to, strength === 'VERIFIED' ? 'match.pass.verified' : 'match.pass', {});
    case 'wallet':
    case 'link':
    case 'configuration':
    case 'name':
    case 'alike':
    case 'claim':
      return say(to, `match.${identifier}`, {});
    case 'loyalty':
      if (strength === 'PRESENTED') return say(to, 'match.loyalty.presented', {});
  }
  return say(to, 'match.identifier', { kind: identifier });
}

/** Why somebody nobody knew before has a name now: she gave it herself. */
export function sayAcquaintance(to: string | Reader, reason: { readonly identifier: string }): string {
  const { identifier } = reason;
  return identifier === 'name' ? say(to, 'match.new.name', {}) : say(to, 'match.new.identifier', { kind: identifier });
}
