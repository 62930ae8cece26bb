import { defineSource } from '../source-kind.js';

/** Accounts receivable: invoices that are overdue or paid. */
export default defineSource({
  kind: 'finance',
  describe: 'Accounts receivable: invoices that are overdue or paid.',
  department: 'finance',
  keptBy: 'finance',
  channel: 'mail',
  trusted: true,
  userIds: 'crm',
  asserts: ['account', 'device', 'email', 'phone', 'loyalty', 'crm'],
});
