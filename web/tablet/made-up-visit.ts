import { now } from '../shared/time.js';
import type { Visit } from './board.rules.js';

type Shop = Visit['store'];

/** A visitor who does not exist, with something of everything that a visitor's screen can show. */
export function madeUpVisit(store: Shop): Visit {
  const at = new Date(now()).toISOString();
  const total = { amountMinor: 100, currency: store.currency };
  const uneven = { amountMinor: 101, currency: store.currency };
  const option = { group: '-', code: '-', label: '-', price: total };
  const change = { added: [option], removed: [option], totalBefore: uneven, totalAfter: total };
  const car = { id: '-', code: '-', model: '-', modelLabel: '-', imageUrl: null, url: null, revision: 1 };
  return {
    id: 'made-up',
    store,
    state: 'WAITING',
    purpose: 'BUY',
    expectedAt: null,
    arrivedAt: at,
    takenAt: null,
    endedAt: null,
    calledName: '-',
    partySize: 2,
    recognition: {
      status: 'CONFIRMED',
      strength: 'VERIFIED',
      matchedBy: [{ identifier: '-', strength: 'VERIFIED', explanation: '-' }],
      candidates: [],
    },
    associate: null,
    warnings: [],
    context: {
      version: 1,
      asOf: at,
      customer: {
        id: '-',
        displayName: '-',
        language: null,
        loyaltyId: null,
        loyaltyTier: '-',
        since: null,
        homeStore: null,
        ownAssociate: null,
        sources: [{ field: '-', source: '-', department: '-', asOf: at }],
      },
      headline: [{ id: '-', text: '-', because: ['-'] }],
      configurations: [
        {
          ...car,
          options: [option],
          abandoned: [option],
          total,
          startedAt: at,
          lastEditedAt: at,
          changeSinceLastVisit: change,
        },
      ],
      activity: [{ id: '-', kind: '-', channel: '-', department: '-', occurredAt: at, summary: '-' }],
      ownedProducts: [{ id: '-', label: '-', since: at, detail: '-' }],
      interests: [{ model: '-', label: '-', warmth: 'WARM', low: total, high: uneven, lastTouchedAt: at }],
      purchases: [{ id: '-', label: '-', orderedAt: at, total, channel: '-' }],
      openIssues: [{ id: '-', summary: '-', openedAt: at }],
      possibleMatches: [],
      shopsWith: [],
      withheld: [{ field: '-', reason: '-' }],
      freshness: [{ step: '-', state: 'READY', computedAt: at }],
    },
  };
}
