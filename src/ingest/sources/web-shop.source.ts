import { defineSource } from '../source-kind.js';

/** The retailer’s site with its configurator; its pages claim, its server asserts. */
export default defineSource({
  kind: 'web-shop',
  describe: 'The retailer’s site with its configurator; its pages claim, its server asserts.',
  department: 'online',
  channel: 'web',
  trusted: false,
  userIds: 'account',
  asserts: ['account', 'device', 'email', 'phone', 'loyalty', 'crm'],
});
