import type { Amount } from '../../shared/money.js';
import { days } from '../../shared/clock.js';
import { defineStep } from '../step.js';

declare module '../step.js' {
  interface Facts {
    purchases: {
      readonly purchases: readonly {
        readonly id: string;
        readonly label: string;
        readonly orderedAt: string;
        readonly total: Amount | null;
        readonly channel: string;
        /** Whose business it is; an associate reads nothing of service and finance. */
        readonly department: string;
      }[];
    };
  }
}

/** What she bought, newest first; what was cancelled or given back is no purchase. */
export default defineStep({
  name: 'purchases',
  describe: 'Orders of all channels, newest first.',
  on: ['customer.changed'],
  reads: { purchases: true },
  settings: { limit: 20 },
  keepFor: days(90),
  compute({ purchases, settings }) {
    const kept = purchases.filter(({ state }) => state !== 'CANCELLED' && state !== 'REFUNDED');
    return { purchases: kept.slice(0, settings.limit).map(({ state: _, ...purchase }) => purchase) };
  },
});
