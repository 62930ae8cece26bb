import type { Store } from '../src/access/store.entity.js';
import type { VisitorContext } from '../src/briefing/visitor-context.view.js';
import type { ConfigurationOption } from '../src/configurator/configuration-option.view.js';
import { presentRecognition } from '../src/visit/recognition.present.js';
import type { Visit } from '../src/visit/visit.entity.js';

interface Amount {
  readonly amountMinor: number;
  readonly currency: string;
}

const money = (amount: Amount | null | undefined): object | null =>
  amount ? { amountMinor: amount.amountMinor, currency: amount.currency } : null;

const option = ({ group, code, label, price }: ConfigurationOption): object => ({
  group,
  code,
  label,
  price: money(price),
});

const shop = (store: Partial<Store> | null): object | null =>
  store && {
    id: store.id,
    code: store.code,
    name: store.name,
    timeZone: store.timeZone,
    currency: store.currency,
    promiseMinutes: store.promiseMinutes,
  };

const person = (one: { id: string; displayName: string } | null): object | null =>
  one && { id: one.id, displayName: one.displayName };

/** A visit in the order of the bench's selection, as GraphQL writes it. */
export function shape(visit: Visit, context: VisitorContext, language: string): object {
  const { status, strength, matchedBy, candidates } = presentRecognition(visit, language);
  return {
    id: visit.id,
    store: shop(visit.store),
    state: visit.state,
    purpose: visit.purpose,
    expectedAt: visit.expectedAt,
    arrivedAt: visit.arrivedAt,
    takenAt: visit.takenAt,
    endedAt: visit.endedAt,
    calledName: visit.calledName,
    partySize: visit.partySize,
    recognition: {
      status,
      strength,
      matchedBy: matchedBy.map(({ identifier, strength: each, explanation }) => ({
        ...{ identifier, strength: each, explanation },
      })),
      candidates: candidates.map(({ id, maskedName, explanation }) => ({ id, maskedName, explanation })),
    },
    associate: person(visit.associate),
    context: {
      version: context.version,
      asOf: context.asOf,
      customer: customer(context.customer),
      headline: context.headline.map(({ id, text, because }) => ({ id, text, because })),
      configurations: context.configurations.map(configuration),
      activity: context.activity.map(({ id, kind, channel, department, occurredAt, summary }) => ({
        ...{ id, kind, channel, department, occurredAt, summary },
      })),
      ownedProducts: context.ownedProducts.map(({ id, label, since, detail }) => ({ id, label, since, detail })),
      purchases: context.purchases.map(({ id, label, orderedAt, total, channel }) => ({
        ...{ id, label, orderedAt, total: money(total), channel },
      })),
      withheld: context.withheld.map(({ field, reason }) => ({ field, reason })),
      freshness: context.freshness.map(({ step, state, computedAt }) => ({ step, state, computedAt })),
    },
  };
}

function customer(card: VisitorContext['customer']): object | null {
  if (!card) return null;
  const { id, displayName, language, loyaltyId, loyaltyTier, since, homeStore, ownAssociate, sources } = card;
  return {
    ...{ id, displayName, language, loyaltyId, loyaltyTier, since },
    homeStore: shop(homeStore),
    ownAssociate: person(ownAssociate),
    sources: sources.map(({ field, source, department, asOf }) => ({ field, source, department, asOf })),
  };
}

function configuration(one: VisitorContext['configurations'][number]): object {
  const { id, code, model, modelLabel, imageUrl, url, revision, startedAt, lastEditedAt } = one;
  const change = one.changeSinceLastVisit;
  return {
    ...{ id, code, model, modelLabel, options: one.options.map(option), abandoned: one.abandoned.map(option) },
    ...{ total: money(one.total), imageUrl, url, revision, startedAt, lastEditedAt },
    changeSinceLastVisit: change && {
      added: change.added.map(option),
      removed: change.removed.map(option),
      totalBefore: money(change.totalBefore),
      totalAfter: money(change.totalAfter),
    },
  };
}
