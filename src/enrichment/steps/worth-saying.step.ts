import { days, hours } from '../../shared/clock.js';
import { defineStep } from '../step.js';
import {
  appointment,
  bought,
  built,
  memberSince,
  openMatters,
  owns,
  price,
  quote,
  rebuilt,
  takenBack,
  type Line,
} from '../worth-saying.rules.js';

declare module '../step.js' {
  interface Facts {
    /** The best first; more than are said, because some readers may not hear all of them. */
    'worth-saying': { readonly lines: readonly Line[] };
  }
}

/** What a salesperson may say aloud when she comes in, the best first. */
export default defineStep({
  name: 'worth-saying',
  describe:
    'Sentences worth saying aloud, with reasons: appointment, open matter, price, quote, option taken back, purchase.',
  on: ['customer.changed', 'visit.started', 'visit.recognised'],
  reads: {
    configurations: true,
    timeline: { kinds: ['appointment.booked', 'configuration.quoted'], since: days(180), limit: 20 },
  },
  needs: ['profile', 'purchases', 'owned-products', 'open-matters'],
  settings: { lines: 6 },
  keepFor: hours(12),
  compute({ timeline, configurations, facts, now, settings }) {
    const [newest] = configurations;
    const changed = configurations.flatMap((one) => [...price(one), ...rebuilt(one)]);
    const lines: Line[] = [
      ...appointment(timeline, now),
      ...openMatters(facts['open-matters']?.matters ?? []),
      ...changed.slice(0, 1),
      ...quote(timeline, configurations, now),
      ...bought(facts.purchases?.purchases ?? [], now),
      ...(newest ? takenBack(newest, now) : []),
      ...(newest && changed.length === 0 ? built(newest, now) : []),
      ...owns(facts['owned-products']?.products ?? []),
      ...memberSince(facts.profile ?? {}, now),
    ];
    return { lines: lines.slice(0, settings.lines) };
  },
});
