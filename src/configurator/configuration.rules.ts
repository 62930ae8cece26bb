import { noCurrency, type Amount } from '../shared/money.js';
import {
  configurationEventKinds,
  ownerships,
  type ChosenOption,
  type ConfigurationEvent,
  type Said,
} from './configuration-event.js';
import { abandonedAfter, distinct, mostOptions, priceOf, sameOption, without } from './options.rules.js';

/** A state that was saved, numbered from 1. */
export interface FoldedRevision {
  readonly number: number;
  readonly occurredAt: Date;
  readonly options: readonly ChosenOption[];
  readonly abandoned: readonly ChosenOption[];
  readonly total: Amount;
}

/** What a configuration has become by all that was said of it. */
export interface FoldedConfiguration {
  readonly recordId: string;
  readonly model: string;
  readonly modelLabel: string | null;
  readonly imageUrl: string | null;
  readonly url: string | null;
  readonly options: readonly ChosenOption[];
  readonly abandoned: readonly ChosenOption[];
  readonly total: Amount;
  /** Number of the latest saved state; 0 while nothing was saved. */
  readonly revision: number;
  readonly revisions: readonly FoldedRevision[];
  readonly startedAt: Date;
  readonly lastEditedAt: Date;
  readonly visitId: string | null;
}

/** The state between two events. `base` is what the whole costs beside its priced options. */
interface Draft {
  readonly model: string;
  readonly modelLabel: string | null;
  readonly imageUrl: string | null;
  readonly url: string | null;
  readonly visitId: string | null;
  readonly options: readonly ChosenOption[];
  readonly abandoned: readonly ChosenOption[];
  readonly base: number;
  readonly currency: string;
}

const empty: Draft = {
  model: '',
  modelLabel: null,
  imageUrl: null,
  url: null,
  visitId: null,
  options: [],
  abandoned: [],
  base: 0,
  currency: noCurrency,
};

/**
 * What came of a configuration: its newest state, and a revision for each saved state that differs from the one before.
 * The same events give the same result in whatever order they arrived. @throws when there are no events.
 */
export function foldConfiguration(events: readonly ConfigurationEvent[]): FoldedConfiguration {
  const inOrder = [...events].sort(byTime);
  const [first] = inOrder;
  if (!first) throw new Error('A configuration without events cannot be folded.');
  const revisions: FoldedRevision[] = [];
  let draft = empty;
  let savedState = '';
  let lastEditedAt = first.occurredAt;
  for (const event of inOrder) {
    draft = apply(draft, event);
    if (isEdit(event)) lastEditedAt = event.occurredAt;
    if (!isSave(event) || stateOf(draft) === savedState) continue;
    savedState = stateOf(draft);
    revisions.push({ ...shownOf(draft), number: revisions.length + 1, occurredAt: event.occurredAt });
  }
  const { model, modelLabel, imageUrl, url, visitId } = draft;
  return {
    ...{ model, modelLabel, imageUrl, url, visitId, ...shownOf(draft) },
    recordId: ownerOf(inOrder),
    revision: revisions.length,
    revisions,
    startedAt: first.occurredAt,
    lastEditedAt,
  };
}

function byTime(a: ConfigurationEvent, b: ConfigurationEvent): number {
  return (
    a.occurredAt.getTime() - b.occurredAt.getTime() ||
    configurationEventKinds.indexOf(a.kind) - configurationEventKinds.indexOf(b.kind) ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  );
}

function apply(draft: Draft, { kind, said }: ConfigurationEvent): Draft {
  const named = { ...draft, ...mentioned(said) };
  if (said.options) return snapshot(named, draft.model, said, said.options);
  if (kind === 'selected' && said.option) return priced(select(named, said.option), said.total);
  if (kind === 'removed' && said.option) return priced(remove(named, said.option), said.total);
  // A page that is opened anew tells its price without options again.
  return kind === 'started' && draft.options.length > 0 ? named : priced(named, said.total);
}

function mentioned(said: Said): Partial<Draft> {
  const { model, modelLabel, imageUrl, url, visitId } = said;
  const given = Object.entries({ model, modelLabel, imageUrl, url, visitId }).filter(
    ([, value]) => value !== undefined,
  );
  return Object.fromEntries(given);
}

function snapshot(draft: Draft, modelBefore: string, said: Said, chosen: readonly ChosenOption[]): Draft {
  const options = distinct(chosen);
  const otherModel = modelBefore !== '' && modelBefore !== draft.model;
  const before = otherModel ? [] : draft.abandoned;
  const takenBack = [...(otherModel ? [] : without(draft.options, options)), ...(said.abandoned ?? [])];
  return priced({ ...draft, options, abandoned: abandonedAfter(before, takenBack, options) }, said.total);
}

function select(draft: Draft, option: ChosenOption): Draft {
  const known = draft.options.find((other) => sameOption(other, option));
  if (!known) {
    if (draft.options.length >= mostOptions) return draft;
    const currency = draft.currency === noCurrency ? (option.price?.currency ?? noCurrency) : draft.currency;
    const options = [...draft.options, option];
    return { ...draft, options, currency, abandoned: abandonedAfter(draft.abandoned, [], options) };
  }
  const renewed = { ...option, group: option.group || known.group, price: option.price ?? known.price };
  const options = draft.options.map((other) => (other === known ? renewed : other));
  // A price that becomes known of an option that was there already is in the price of the whole already.
  const included = known.price ? 0 : priceOf([renewed], draft.currency);
  return { ...draft, options, base: draft.base - included };
}

function remove(draft: Draft, option: ChosenOption): Draft {
  const gone = draft.options.filter((other) => sameOption(other, option));
  const options = without(draft.options, gone);
  return { ...draft, options, abandoned: abandonedAfter(draft.abandoned, gone, options) };
}

function priced(draft: Draft, total: Amount | undefined): Draft {
  if (!total) return draft;
  const { currency, amountMinor } = total;
  return { ...draft, currency, base: amountMinor - priceOf(draft.options, currency) };
}

function shownOf(draft: Draft): {
  options: readonly ChosenOption[];
  abandoned: readonly ChosenOption[];
  total: Amount;
} {
  const { options, abandoned, base, currency } = draft;
  return { options, abandoned, total: { amountMinor: base + priceOf(options, currency), currency } };
}

/** What makes two saved states the same: model, options and prices; not labels, pictures or addresses. */
function stateOf(draft: Draft): string {
  const options = draft.options.map(({ group, code, price }) => JSON.stringify([group, code, price]));
  return JSON.stringify([draft.model, options.sort(), shownOf(draft).total]);
}

function isSave({ kind }: ConfigurationEvent): boolean {
  return kind === 'saved' || kind === 'shared' || kind === 'quoted';
}

function isEdit({ kind, said }: ConfigurationEvent): boolean {
  return said.options !== undefined || (kind !== 'shared' && kind !== 'quoted');
}

/** The record of the surest and, of equally sure ones, the newest event. */
function ownerOf(inOrder: readonly ConfigurationEvent[]): string {
  let owner = inOrder[0]?.owner;
  for (const event of inOrder) {
    if (!owner || ownerships.indexOf(event.owner.level) >= ownerships.indexOf(owner.level)) owner = event.owner;
  }
  return owner?.recordId ?? '';
}
