import { days } from '../../shared/clock.js';
import { defineStep } from '../step.js';

declare module '../step.js' {
  interface Facts {
    'owned-products': {
      readonly products: readonly {
        readonly id: string;
        readonly label: string;
        readonly since: string | null;
        readonly detail: string | null;
        /** Whose business it is: finance's is nobody else's, and what service writes beside it is service's. */
        readonly department: string;
      }[];
    };
  }
}

/** What she drives or owns today. */
export default defineStep({
  name: 'owned-products',
  describe: 'Products registered in her name that she still has.',
  on: ['customer.changed'],
  reads: { owned: true },
  settings: { limit: 10 },
  keepFor: days(90),
  compute({ owned, now, settings }) {
    const hers = owned.filter(({ until }) => until === null || Date.parse(until) > now.getTime());
    return { products: hers.slice(0, settings.limit).map(({ until: _, ...product }) => product) };
  },
});
