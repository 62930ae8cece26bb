import { defineSource } from '../source-kind.js';

/** The retailer’s app; what it says is a claim unless its server signs. */
export default defineSource({
  kind: 'app',
  describe: 'The retailer’s app; what it says is a claim unless its server signs.',
  department: 'online',
  channel: 'app',
  trusted: false,
  userIds: 'account',
  asserts: ['account', 'device', 'email', 'phone', 'loyalty', 'crm'],
});
