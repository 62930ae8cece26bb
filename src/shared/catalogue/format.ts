import { minorDigits, type Amount } from '../money.js';
import type { Instant } from './sentences.js';

/** Who reads: the language with its region, and the zone in which days and hours are told. */
export interface Reader {
  /** BCP 47, such as `de` or `de-AT`. */
  readonly locale: string;
  /** IANA; the store's. */
  readonly timeZone: string;
}

/** Plural forms of one language; `other` is the one every language has. */
export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };

/** Numbers, money, dates and lists, as a reader of one language and one time zone writes them. */
export class Format {
  private readonly numbers: Intl.NumberFormat;
  private readonly plurals: Intl.PluralRules;
  private readonly days: Intl.DateTimeFormat;
  private readonly months: Intl.DateTimeFormat;
  private readonly years: Intl.DateTimeFormat;
  private readonly times: Intl.DateTimeFormat;
  private readonly lists: Intl.ListFormat;
  private readonly currencies = new Map<string, { format: Intl.NumberFormat; unit: number }>();

  constructor(private readonly reader: Reader) {
    const { locale, timeZone } = reader;
    this.numbers = new Intl.NumberFormat(locale);
    this.plurals = new Intl.PluralRules(locale);
    this.days = new Intl.DateTimeFormat(locale, { timeZone, day: 'numeric', month: 'long', year: 'numeric' });
    this.months = new Intl.DateTimeFormat(locale, { timeZone, month: 'long', year: 'numeric' });
    this.years = new Intl.DateTimeFormat(locale, { timeZone, year: 'numeric' });
    this.times = new Intl.DateTimeFormat(locale, { timeZone, hour: 'numeric', minute: '2-digit' });
    this.lists = new Intl.ListFormat(locale, { type: 'conjunction' });
  }

  /** 12,480 */
  number(value: number): string {
    return this.numbers.format(value);
  }

  /** €31,450; cents only where there are some. */
  money({ amountMinor, currency }: Amount): string {
    let known = this.currencies.get(currency);
    if (!known) {
      const format = currencyFormat(this.reader.locale, currency);
      known = { format, unit: 10 ** minorDigits(currency) };
      this.currencies.set(currency, known);
    }
    return known.format.format(amountMinor / known.unit);
  }

  /** November 3, 2026 */
  date(at: Instant): string {
    return this.days.format(new Date(at));
  }

  /** November 2026 */
  month(at: Instant): string {
    return this.months.format(new Date(at));
  }

  /** 2026 */
  year(at: Instant): string {
    return this.years.format(new Date(at));
  }

  /** 2:30 PM */
  time(at: Instant): string {
    return this.times.format(new Date(at));
  }

  /** tow bar, roof rails, and winter tyres */
  list(items: readonly string[]): string {
    return this.lists.format(items);
  }

  /** The form this language uses for that many, the number written into it in place of `#`. */
  plural(count: number, forms: PluralForms): string {
    const form = forms[this.plurals.select(count)] ?? forms.other;
    return form.replace('#', this.numbers.format(count));
  }
}

/** A source may have sent a currency that is none; its amount is then shown without one. */
function currencyFormat(locale: string, currency: string): Intl.NumberFormat {
  const known = /^[A-Z]{3}$/.test(currency) ? currency : 'XXX';
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: known,
    trailingZeroDisplay: 'stripIfInteger',
  });
}
