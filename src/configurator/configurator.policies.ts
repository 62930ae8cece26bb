import type { Actor } from '../access/actor.js';
import { definePolicies, only, open } from '../access/policy.js';

const inTheStore = only<unknown>(
  'staff and tablets',
  (actor: Actor) => actor.kind === 'STAFF' || actor.kind === 'TABLET',
);

definePolicies('Configuration', {
  id: open,
  code: open,
  model: open,
  modelLabel: open,
  options: open,
  abandoned: open,
  total: open,
  imageUrl: open,
  url: open,
  revision: open,
  startedAt: open,
  lastEditedAt: open,
  changeSinceLastVisit: inTheStore,
});
definePolicies('ConfigurationOption', { group: open, code: open, label: open, price: open });
definePolicies('ConfigurationChange', { added: open, removed: open, totalBefore: open, totalAfter: open });
definePolicies('CustomerPage', { configuration: open, greeting: open });
definePolicies('SavedConfiguration', { configuration: open, pass: open, link: open });
