import type { Step } from '../enrichment/step.js';
import type { FactRow } from './context.row.js';
import type { Freshness, FreshnessState } from './visitor-context.view.js';

/** How fresh each step's fact is; a step without one is still to come. */
export function freshnessOf(
  steps: readonly Pick<Step, 'name' | 'keepFor'>[],
  facts: readonly FactRow[],
  now: number,
): Freshness[] {
  return steps.map(({ name, keepFor }): Freshness => {
    const fact = facts.find(([step]) => step === name);
    if (!fact) return { step: name, state: 'PENDING', computedAt: null };
    const [, state, current, computedAt] = fact;
    return { step: name, state: stateOf(state, current, now - computedAt > keepFor), computedAt: new Date(computedAt) };
  });
}

/** What a newer version of the customer will say is on its way, whatever became of the older one. */
function stateOf(state: 'READY' | 'FAILED', current: boolean, old: boolean): FreshnessState {
  if (!current) return 'PENDING';
  if (state === 'FAILED') return 'FAILED';
  return old ? 'STALE' : 'READY';
}
