import { definePolicies, open } from '../access/policy.js';

definePolicies('Pass', { url: open, svg: open, expiresAt: open });
definePolicies('PassRenewed', { pass: open });
definePolicies('CodeUnknown', { code: open, message: open });
definePolicies('PassExpired', { code: open, message: open, expiredAt: open });
definePolicies('PassAlreadyUsed', { code: open, message: open, usedAt: open });
definePolicies('TooManyAttempts', { code: open, message: open, retryAfterSeconds: open });
definePolicies('LinkUnknown', { code: open, message: open });
