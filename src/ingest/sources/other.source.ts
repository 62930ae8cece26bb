import { defineSource } from '../source-kind.js';

/** Any other system of the company. */
export default defineSource({
  kind: 'other',
  describe: 'Any other system of the company.',
  department: 'other',
  channel: 'other',
  trusted: false,
  userIds: 'crm',
  asserts: ['account', 'device', 'email', 'phone', 'loyalty', 'crm'],
});
