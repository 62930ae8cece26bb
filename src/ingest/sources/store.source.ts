import { defineSource } from '../source-kind.js';

/** A store itself: what is said and typed at its door is a claim. */
export default defineSource({
  kind: 'store',
  describe: 'A store itself: what is said and typed at its door is a claim.',
  department: 'sales',
  channel: 'store',
  trusted: false,
  userIds: 'account',
  asserts: [],
});
