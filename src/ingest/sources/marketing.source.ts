import { defineSource } from '../source-kind.js';

/** Newsletters and campaigns: contacts made, consent given and withdrawn. */
export default defineSource({
  kind: 'marketing',
  describe: 'Newsletters and campaigns: contacts made, consent given and withdrawn.',
  department: 'marketing',
  channel: 'email',
  trusted: true,
  userIds: 'crm',
  asserts: ['account', 'device', 'email', 'phone', 'crm'],
});
