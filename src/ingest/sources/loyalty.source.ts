import { defineSource } from '../source-kind.js';

/** The loyalty programme: members, cards and tiers. */
export default defineSource({
  kind: 'loyalty',
  describe: 'The loyalty programme: members, cards and tiers.',
  department: 'marketing',
  channel: 'mail',
  trusted: true,
  userIds: 'account',
  asserts: ['account', 'device', 'email', 'phone', 'loyalty', 'crm'],
});
