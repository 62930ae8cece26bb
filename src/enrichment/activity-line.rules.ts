import { unsaid, type Unsaid } from '../shared/catalogue/sentences.js';
import type { TimelineEntry } from './step-input.js';

/** Kinds from the most telling to the least: the first one found in a session names it. Others are no line. */
const telling = [
  'order.completed',
  'visit.ended',
  'visit.started',
  'configuration.quoted',
  'configuration.saved',
  'configuration.shared',
  'appointment.booked',
  'matter.opened',
  'matter.closed',
  'contact',
  'configuration.started',
  'option.selected',
  'option.removed',
  'checkout.started',
  'cart.added',
  'wishlist.added',
  'product.viewed',
  'product.clicked',
  'product.reviewed',
  'product.shared',
  'page',
  'product.searched',
  'product.listed',
  'cart.viewed',
  'promotion.clicked',
  'signed-in',
  'other',
];

const ranks = new Map(telling.map((kind, rank) => [kind, rank]));

/** Products named in one line. */
const mostLabels = 3;

/** The entry that says most about a session; undefined when nothing in it is worth a line. */
export function mostTelling(session: readonly TimelineEntry[]): TimelineEntry | undefined {
  let best: TimelineEntry | undefined;
  let bestRank = Infinity;
  for (const entry of session) {
    const rank = ranks.get(entry.kind) ?? Infinity;
    if (rank < bestRank) [best, bestRank] = [entry, rank];
  }
  return best;
}

/** What a session is called, by its most telling entry. */
export function lineOf(entry: TimelineEntry, session: readonly TimelineEntry[]): Unsaid {
  const { kind, params, department, channel } = entry;
  const model =
    text(params, 'modelLabel', 'model') ?? text(session.find(hasModel)?.params ?? {}, 'modelLabel', 'model');
  switch (kind) {
    case 'order.completed':
      return unsaid('activity.ordered', { label: text(params, 'label') ?? '' });
    case 'visit.started':
    case 'visit.ended':
      return unsaid('activity.visited', { store: text(params, 'store') ?? null });
    case 'configuration.quoted':
      return model ? unsaid('activity.quote-asked', { model }) : other(kind);
    case 'configuration.shared':
      return model ? unsaid('activity.shared', { model }) : other(kind);
    case 'configuration.saved':
    case 'configuration.started':
    case 'option.selected':
    case 'option.removed':
      return model
        ? unsaid('activity.configured', { model, saved: kind === 'configuration.saved' })
        : unsaid('activity.browsed', {});
    case 'appointment.booked':
      return unsaid('activity.appointment-booked', { at: instantOf(params, 'at') ?? null });
    case 'matter.opened':
      return unsaid('activity.matter-opened', { department });
    case 'matter.closed':
      return unsaid('activity.matter-closed', { department });
    case 'contact':
      return unsaid('activity.contacted', { channel, topic: text(params, 'topic') ?? null });
    case 'signed-in':
      return unsaid('activity.signed-in', {});
    case 'other':
      return unsaid('activity.other', { name: text(params, 'name') ?? '' });
  }
  const products = session.filter((one) => /^(product|cart|wishlist)\./.test(one.kind));
  const labels = [...new Set(products.flatMap((one) => text(one.params, 'label') ?? []))].slice(0, mostLabels);
  return labels.length > 0 ? unsaid('activity.viewed', { labels }) : unsaid('activity.browsed', {});
}

function other(kind: string): Unsaid {
  return unsaid('activity.other', { name: kind });
}

function hasModel({ params }: TimelineEntry): boolean {
  return text(params, 'modelLabel', 'model') !== undefined;
}

/** The first of these parameters that holds text. */
export function text(params: Readonly<Record<string, unknown>>, ...names: string[]): string | undefined {
  for (const name of names) {
    const value = params[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

/** A parameter that holds an instant, as RFC 3339 text. */
export function instantOf(params: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = text(params, name);
  const at = value === undefined ? NaN : Date.parse(value);
  return Number.isNaN(at) ? undefined : value;
}
