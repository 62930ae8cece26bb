import { defineSource } from '../source-kind.js';

/** The sales department’s customer file. */
export default defineSource({
  kind: 'crm',
  describe: 'The sales department’s customer file.',
  department: 'sales',
  channel: 'mail',
  trusted: true,
  userIds: 'crm',
  asserts: ['account', 'device', 'email', 'phone', 'loyalty', 'crm'],
});
