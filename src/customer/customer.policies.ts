import { definePolicies, open } from '../access/policy.js';

// Who holds one of these has been let into a visitor's context, where consent, role and presence were applied.
definePolicies('Activity', { id: open, kind: open, channel: open, department: open, occurredAt: open, summary: open });
definePolicies('OwnedProduct', { id: open, label: open, since: open, detail: open });
definePolicies('Purchase', { id: open, label: open, orderedAt: open, total: open, channel: open });
