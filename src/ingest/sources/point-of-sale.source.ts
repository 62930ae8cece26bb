import { defineSource } from '../source-kind.js';

/** The tills of the stores: orders, and loyalty cards that were shown. */
export default defineSource({
  kind: 'point-of-sale',
  describe: 'The tills of the stores: orders, and loyalty cards that were shown.',
  department: 'sales',
  channel: 'store',
  trusted: true,
  userIds: 'crm',
  asserts: ['account', 'device', 'email', 'phone', 'loyalty', 'crm'],
});
