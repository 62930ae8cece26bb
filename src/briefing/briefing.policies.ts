import { addPolicies, definePolicies, open } from '../access/policy.js';

// What may be read of a context is decided as a whole, in context.rules.ts; whoever holds one may read all of it.
addPolicies('Visit', { context: open });
definePolicies('VisitorContext', {
  version: open,
  asOf: open,
  customer: open,
  headline: open,
  configurations: open,
  activity: open,
  ownedProducts: open,
  purchases: open,
  interests: open,
  openIssues: open,
  possibleMatches: open,
  shopsWith: open,
  withheld: open,
  freshness: open,
});
definePolicies('CustomerCard', {
  id: open,
  displayName: open,
  language: open,
  loyaltyId: open,
  loyaltyTier: open,
  since: open,
  homeStore: open,
  ownAssociate: open,
  sources: open,
});
definePolicies('ValueSource', { field: open, source: open, department: open, asOf: open });
definePolicies('Interest', {
  model: open,
  label: open,
  warmth: open,
  configurations: open,
  low: open,
  high: open,
  lastTouchedAt: open,
});
definePolicies('OpenIssue', { id: open, department: open, summary: open, openedAt: open });
definePolicies('Withheld', { field: open, reason: open });
definePolicies('Freshness', { step: open, state: open, computedAt: open });
definePolicies('Arrival', { cursor: open, kind: open, visit: open });
definePolicies('PossibleMatch', { id: open, maskedName: open, department: open, reasons: open });
definePolicies('ShopsWith', { visitId: open, name: open, because: open });
