import { unsaid, type Unsaid } from '../shared/catalogue/sentences.js';
import { days, hours } from '../shared/clock.js';
import { noCurrency, type Amount } from '../shared/money.js';
import { isDiscreet, keepsItsContent } from './departments.rules.js';
import type { ConfigurationInput, OptionInput, TimelineEntry } from './step-input.js';
import type { Facts } from './step.js';

/** What a sentence is about; readers who may not hear of it do not get it. */
export type About = 'appointment' | 'matter' | 'sales' | 'relation';

/** Something worth saying aloud, before it is written for a reader. */
export interface Line {
  readonly id: string;
  readonly about: About;
  readonly say: Unsaid;
  readonly because: readonly Unsaid[];
}

/** How long something stays worth mentioning, in milliseconds. */
export interface Horizons {
  readonly built: number;
  readonly quoted: number;
  readonly bought: number;
  readonly memberFor: number;
}

/** The horizons of the product; a test may bring its own. */
export const horizons: Horizons = { built: days(60), quoted: days(30), bought: days(90), memberFor: days(365) };

/** An appointment is mentioned on its day: not yet long ago, not only tomorrow. */
const appointmentWindow = { before: hours(3), ahead: hours(14) };

/** Options named in one sentence. */
const mostOptions = 2;

/** The appointment for which she comes today. */
export function appointment(timeline: readonly TimelineEntry[], now: Date): Line[] {
  const near = timeline.flatMap(({ id, kind, params }) => {
    const at = params['at'];
    if (kind !== 'appointment.booked' || typeof at !== 'string') return [];
    const ahead = Date.parse(at) - now.getTime();
    return ahead >= -appointmentWindow.before && ahead <= appointmentWindow.ahead ? [{ id, at, ahead }] : [];
  });
  const [next] = near.sort((a, b) => Math.abs(a.ahead) - Math.abs(b.ahead));
  if (!next) return [];
  const { at } = next;
  return [
    line(
      `appointment:${next.id}`,
      'appointment',
      unsaid('headline.appointment', { at }),
      unsaid('because.appointment', { at }),
    ),
  ];
}

/** One line a department that still owes her something; a complaint first. Money never: the screen marks it quietly. */
export function openMatters(matters: Facts['open-matters']['matters']): Line[] {
  const told = new Set<string>();
  const lines: Line[] = [];
  for (const { id, department, openedAt } of [...matters].sort((a, b) => Number(b.complaint) - Number(a.complaint))) {
    if (told.has(department) || isDiscreet(department)) continue;
    told.add(department);
    const because = unsaid('because.open-matter', { department, openedAt });
    lines.push(line(`matter:${id}`, 'matter', unsaid('headline.open-matter', { department }), because));
  }
  return lines;
}

/** What changed about the price of what she built, since she last saw it here. */
export function price(configuration: ConfigurationInput): Line[] {
  const { id, seen, total, options } = configuration;
  if (
    !seen ||
    total.currency === noCurrency ||
    seen.total.currency !== total.currency ||
    !sameOptions(options, seen.optionCodes)
  )
    return [];
  const by = seen.total.amountMinor - total.amountMinor;
  if (by === 0) return [];
  const model = nameOf(configuration);
  const because = unsaid('because.price-changed', { before: seen.total, after: total, seenAt: seen.at });
  return [
    line(
      `price:${id}`,
      'sales',
      by > 0 ? cheaper(model, options, { ...total, amountMinor: by }) : dearer(model, total),
      because,
    ),
  ];
}

function cheaper(model: string, options: readonly OptionInput[], by: Amount): Unsaid {
  const named = labels(options);
  return named.length > 0
    ? unsaid('headline.built-price-down', { model, options: named, by })
    : unsaid('headline.price-down', { model, by });
}

function dearer(model: string, now: Amount): Unsaid {
  return unsaid('headline.price-up', { model, now });
}

/** What she built differently since she was here: other options, and what they come to now. */
export function rebuilt(configuration: ConfigurationInput): Line[] {
  const { id, seen, total, options } = configuration;
  if (!seen || total.currency === noCurrency || sameOptions(options, seen.optionCodes)) return [];
  const before = new Set(seen.optionCodes);
  const added = options.filter(({ code }) => !before.has(code));
  if (added.length === 0) return [];
  const less = seen.total.currency === total.currency ? seen.total.amountMinor - total.amountMinor : 0;
  const built = { model: nameOf(configuration), options: labels(added) };
  const say =
    less > 0
      ? unsaid('headline.rebuilt-for-less', { ...built, by: { ...total, amountMinor: less } })
      : unsaid('headline.rebuilt', { ...built, now: total });
  return [line(`rebuilt:${id}`, 'sales', say, unsaid('because.rebuilt', { seenAt: seen.at }))];
}

/** A quote she asked for. */
export function quote(
  timeline: readonly TimelineEntry[],
  configurations: readonly ConfigurationInput[],
  now: Date,
): Line[] {
  const asked = timeline.find(({ kind, at }) => kind === 'configuration.quoted' && within(at, horizons.quoted, now));
  const newest = configurations[0];
  if (!asked || !newest) return [];
  const named = asked.params['modelLabel'] ?? asked.params['model'];
  const model = typeof named === 'string' ? named : nameOf(newest);
  return [
    line(`quote:${asked.id}`, 'sales', unsaid('headline.quote', { model }), unsaid('because.quote', { at: asked.at })),
  ];
}

/** An option she chose and took back: it may be worth a look. One that she had when she was here stands among what changed. */
export function takenBack(configuration: ConfigurationInput, now: Date): Line[] {
  const { id, abandoned, options, seen, lastEditedAt: at } = configuration;
  if (!within(at, horizons.built, now)) return [];
  const onTheScreen = new Set([...options.map(({ code }) => code), ...(seen?.optionCodes ?? [])]);
  const option = abandoned.findLast(({ code }) => !onTheScreen.has(code));
  if (!option) return [];
  const say = unsaid('headline.taken-back', { model: nameOf(configuration), option: option.label });
  return [
    line(`taken-back:${id}:${option.code}`, 'sales', say, unsaid('because.taken-back', { option: option.label, at })),
  ];
}

/** What she built, when nothing better can be said of it. */
export function built(configuration: ConfigurationInput, now: Date): Line[] {
  const { id, lastEditedAt: at, options } = configuration;
  if (!within(at, horizons.built, now)) return [];
  const say = unsaid('headline.built', { model: nameOf(configuration), options: labels(options) });
  return [line(`built:${id}`, 'sales', say, unsaid('because.built', { at }))];
}

/** What she bought lately: asking whether she is happy with it comes before selling her more. */
export function bought(purchases: Facts['purchases']['purchases'], now: Date): Line[] {
  const recent = purchases.find(
    ({ orderedAt, department }) => within(orderedAt, horizons.bought, now) && !keepsItsContent(department),
  );
  if (!recent) return [];
  const { id, label, orderedAt: at, channel } = recent;
  return [
    line(
      `bought:${id}`,
      'relation',
      unsaid('headline.bought', { label, at }),
      unsaid('because.bought', { at, channel }),
    ),
  ];
}

/** What she drives or owns. */
export function owns(products: Facts['owned-products']['products']): Line[] {
  const product = products.find(({ department }) => !isDiscreet(department));
  if (!product) return [];
  const { id, label, since } = product;
  return [line(`owns:${id}`, 'relation', unsaid('headline.owns', { label, since }), unsaid('because.owns', { label }))];
}

/** Long with us: worth a thank-you. */
export function memberSince(profile: Facts['profile'], now: Date): Line[] {
  const at = profile.since?.value;
  if (at === undefined || profile.loyaltyId === undefined || within(at, horizons.memberFor, now)) return [];
  return [
    line('member-since', 'relation', unsaid('headline.member-since', { at }), unsaid('because.member-since', { at })),
  ];
}

function line(id: string, about: About, say: Unsaid, ...because: Unsaid[]): Line {
  return { id, about, say, because };
}

function nameOf({ modelLabel, model }: ConfigurationInput): string {
  return modelLabel ?? model;
}

function labels(options: readonly OptionInput[]): string[] {
  return options.slice(0, mostOptions).map(({ label }) => label);
}

function sameOptions(options: readonly OptionInput[], codes: readonly string[]): boolean {
  const before = new Set(codes);
  return options.length === before.size && options.every(({ code }) => before.has(code));
}

function within(at: string, horizon: number, now: Date): boolean {
  return now.getTime() - Date.parse(at) <= horizon;
}
