import { days } from '../../shared/clock.js';
import { groupBy } from '../../shared/group.js';
import type { ConfigurationInput, TimelineEntry } from '../step-input.js';
import { defineStep } from '../step.js';

/** How near she is to a decision. */
export type Warmth = 'HOT' | 'WARM' | 'COOL';

/** One model she has configured. */
export interface Interest {
  readonly model: string;
  readonly label: string;
  readonly configurations: number;
  readonly warmth: Warmth;
  /** The cheapest and the dearest she has built, in minor units. */
  readonly low: number;
  readonly high: number;
  readonly currency: string;
  readonly lastTouchedAt: string;
}

declare module '../step.js' {
  interface Facts {
    'configuration-interest': { readonly models: readonly Interest[] };
  }
}

/** What she is building: which models, how warm, in what price range, when last touched. */
export default defineStep({
  name: 'configuration-interest',
  describe: 'Models she configures, how warm the interest is, its price range and when it was last touched.',
  on: ['customer.changed', 'visit.started', 'visit.recognised'],
  reads: {
    configurations: true,
    timeline: { kinds: ['configuration.quoted', 'configuration.shared'], since: days(60), limit: 20 },
  },
  settings: { hot: 2, warm: 0.5, halfLife: days(14), models: 5 },
  keepFor: days(1),
  compute({ configurations, timeline, now, settings }) {
    const byModel = groupBy(configurations, ({ model, total }) => `${model} ${total.currency}`);
    const models = [...byModel.values()].map((built): Interest => {
      const [latest] = [...built].sort((a, b) => Date.parse(b.lastEditedAt) - Date.parse(a.lastEditedAt));
      const { model, modelLabel, total, lastEditedAt } = latest ?? built[0];
      const totals = built.map((one) => one.total.amountMinor);
      return {
        model,
        label: modelLabel ?? model,
        configurations: built.length,
        warmth: warmthOf(built, timeline, now, settings),
        low: Math.min(...totals),
        high: Math.max(...totals),
        currency: total.currency,
        lastTouchedAt: lastEditedAt,
      };
    });
    models.sort((a, b) => Date.parse(b.lastTouchedAt) - Date.parse(a.lastTouchedAt) || (a.model < b.model ? -1 : 1));
    return { models: models.slice(0, settings.models) };
  },
});

/** Points of what she did, each halved every half-life: building 1, saving 2 more, asking for a quote 3, sharing 1. */
function warmthOf(
  built: readonly ConfigurationInput[],
  timeline: readonly TimelineEntry[],
  now: Date,
  { hot, warm, halfLife }: { hot: number; warm: number; halfLife: number },
): Warmth {
  const faded = (points: number, at: string): number =>
    points * 0.5 ** (Math.max(0, now.getTime() - Date.parse(at)) / halfLife);
  let score = 0;
  for (const { saved, lastEditedAt } of built) score += faded(saved ? 3 : 1, lastEditedAt);
  const models = new Set(built.flatMap(({ model, modelLabel }) => [model, modelLabel]));
  for (const { kind, at, params } of timeline) {
    const named = params['model'];
    if (typeof named === 'string' && !models.has(named)) continue;
    score += faded(kind === 'configuration.quoted' ? 3 : 1, at);
  }
  if (score >= hot) return 'HOT';
  return score >= warm ? 'WARM' : 'COOL';
}
