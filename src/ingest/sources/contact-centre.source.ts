import { defineSource } from '../source-kind.js';

/** Calls, chats and letters; callers are known by their number. */
export default defineSource({
  kind: 'contact-centre',
  describe: 'Calls, chats and letters; callers are known by their number.',
  department: 'service',
  channel: 'phone',
  trusted: true,
  userIds: 'crm',
  asserts: ['account', 'device', 'email', 'phone', 'crm'],
});
