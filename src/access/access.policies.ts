import { definePolicies, open } from './policy.js';

definePolicies('Store', { id: open, code: open, name: open, timeZone: open, currency: open, promiseMinutes: open });
definePolicies('Associate', { id: open, displayName: open });
definePolicies('Viewer', { associate: open, store: open, roles: open, locale: open });
definePolicies('Money', { amountMinor: open, currency: open });
definePolicies('KeyReusedDifferently', { code: open, message: open });
definePolicies('Sentence', { id: open, text: open, because: open });
