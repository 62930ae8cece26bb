import { days } from '../../shared/clock.js';
import { defineStep } from '../step.js';

declare module '../step.js' {
  interface Facts {
    'open-matters': {
      /** Never what it is about: that stays with the department. */
      readonly matters: readonly {
        readonly id: string;
        readonly department: string;
        readonly openedAt: string;
        readonly complaint: boolean;
      }[];
    };
  }
}

/** What departments have not settled with her yet, without its content. */
export default defineStep({
  name: 'open-matters',
  describe: 'Departments with something unsettled, and whether she complains.',
  on: ['customer.changed'],
  reads: { matters: true },
  settings: { limit: 10 },
  keepFor: days(7),
  compute({ matters, settings }) {
    return {
      matters: matters
        .slice(0, settings.limit)
        .map(({ id, department, openedAt, complaint }) => ({ id, department, openedAt, complaint })),
    };
  },
});
