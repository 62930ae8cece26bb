import { defineSource } from '../source-kind.js';

/** Workshop and after-sales service: cases, owned products. */
export default defineSource({
  kind: 'service',
  describe: 'Workshop and after-sales service: cases, owned products.',
  department: 'service',
  keptBy: 'service',
  channel: 'service',
  trusted: true,
  userIds: 'crm',
  asserts: ['account', 'device', 'email', 'phone', 'loyalty', 'crm'],
});
