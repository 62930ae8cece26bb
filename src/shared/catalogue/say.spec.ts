import { languages } from './languages.js';
import { say, sayMatch, sayRefusal, tell } from './say.js';
import { unsaid, type SentenceKey, type Unsaid } from './sentences.js';

const berlin = { locale: 'de', timeZone: 'Europe/Berlin' };
const london = { locale: 'en-GB', timeZone: 'Europe/London' };
const by = { amountMinor: 40_000, currency: 'EUR' };

/** The formatted text without the no-break spaces of Intl. */
const plain = (text: string | null) => text?.replaceAll(/[\u00a0\u202f]/g, ' ');

describe('say', () => {
  it('says a sentence in the language of the reader', () => {
    const params = { model: 'Estate', options: ['Forest green', 'Tow bar'], by };
    expect(plain(say(london, 'headline.built-price-down', params))).toBe(
      'You built the Estate with Forest green and Tow bar; the price has come down by €400 since.',
    );
    expect(plain(say(berlin, 'headline.built-price-down', params))).toBe(
      'Sie haben den Estate mit Forest green und Tow bar zusammengestellt; der Preis ist seitdem um 400 € gesunken.',
    );
  });

  it('tells the hour of the store, not of the server', () => {
    const at = '2026-07-01T12:30:00Z';
    expect(plain(say(berlin, 'headline.appointment', { at }))).toContain('um 14:30 Uhr');
    expect(plain(say(london, 'headline.appointment', { at }))).toContain('at 13:30');
  });

  it('writes money with its own minor unit, and cents only where there are some', () => {
    const now = (amountMinor: number, currency: string) =>
      plain(say('en', 'headline.price-up', { model: 'X', now: { amountMinor, currency } }));
    expect(now(3_145_050, 'EUR')).toContain('€31,450.50');
    expect(now(3_145_000, 'EUR')).toContain('€31,450 ');
    expect(now(31_450, 'JPY')).toContain('¥31,450');
  });

  it('chooses the plural form of the number', () => {
    expect(say('de', 'refusal.TOO_MANY_ATTEMPTS', { retryAfterSeconds: 1 })).toContain('1 Sekunde ');
    expect(say('de', 'refusal.TOO_MANY_ATTEMPTS', { retryAfterSeconds: 40 })).toContain('40 Sekunden ');
  });

  it('falls back to English for a language without a file, and for a locale that is none', () => {
    expect(say('fi', 'match.pass', {})).toBe('Showed a fresh pass from the web shop.');
    expect(say('de-CH', 'match.pass', {})).toBe('Hat einen frischen Pass aus dem Shop gezeigt.');
    expect(plain(say('not_a_locale!', 'headline.price-down', { model: 'X', by }))).toContain('€400');
  });

  it('keeps to itself what this release has no sentence for', () => {
    expect(tell('en', { key: 'headline.gone', params: {} } as unknown as Unsaid)).toBeNull();
    expect(tell('en', unsaid('match.link', {}))).toBe('Showed the personal link from our message.');
  });

  it('says a refusal by its code, and leaves a foreign one as it was', () => {
    const refusal = { code: 'NOT_POSSIBLE_NOW', message: 'x', state: 'SERVING', takenBy: { displayName: 'Mia' } };
    expect(sayRefusal('en', refusal)).toBe('Mia was first and is with this visitor already.');
    const alone = { ...refusal, takenBy: null };
    expect(sayRefusal('de', alone)).toContain('im Gespräch');
    expect(sayRefusal('de', { code: 'SOMETHING_ELSE', message: 'As it was.' })).toBe('As it was.');
  });
});

describe('sayMatch', () => {
  it('tells a verified pass from one that was merely shown, and a card from a number', () => {
    expect(sayMatch('en', { identifier: 'pass', strength: 'VERIFIED' })).toContain('signed in');
    expect(sayMatch('en', { identifier: 'pass', strength: 'PRESENTED' })).not.toContain('signed in');
    expect(sayMatch('en', { identifier: 'loyalty', strength: 'PRESENTED' })).toBe('Showed a loyalty card.');
    expect(sayMatch('en', { identifier: 'phone', strength: 'STATED' })).toBe('The phone number given is one we know.');
  });
});

describe('every language', () => {
  const english = languages.get('en')?.sentences ?? {};

  it('is found by its file', () => expect([...languages.keys()]).toEqual(expect.arrayContaining(['de', 'en'])));

  it.each([...languages.entries()])('%s says every sentence, each a whole one', (_, language) => {
    expect(Object.keys(language.sentences).sort()).toEqual(Object.keys(english).sort());
    const whole = Object.entries(language.sentences).filter(([key]) => !key.startsWith('activity.'));
    for (const [, phrase] of whole) if (typeof phrase === 'string') expect(phrase).toMatch(/[.?!]$/);
  });

  it.each([...languages.entries()])('%s has words for all evidence that any other has words for', (_, language) => {
    const levels = ({ evidence }: Pick<typeof language, 'evidence'>): string[] =>
      Object.entries(evidence).flatMap(([field, words]) => Object.keys(words).map((level) => `${field}.${level}`));
    expect(levels(language).sort()).toEqual(levels({ evidence: languages.get('en')?.evidence ?? {} }).sort());
    for (const words of Object.values(language.evidence)) {
      for (const text of Object.values(words)) expect(text).toMatch(/\.$/);
    }
  });

  it.each([...languages.entries()])('%s never says that somebody watched', (_, language) => {
    const keys = Object.keys(language.sentences) as SentenceKey[];
    const aloud = keys.filter((key) => key.startsWith('headline.')).map((key) => String(language.sentences[key]));
    for (const text of aloud)
      expect(text).not.toMatch(/\b(times|clicked|viewed|looked at us|tracked|at night|mal angesehen)\b/i);
  });
});
