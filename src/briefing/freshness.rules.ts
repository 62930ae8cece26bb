import type { Step } from '../enrichment/step.js';
import type { FactRow } from './context.query.js';
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
    return {
      step: name,
      state: stateOf(state, current && now - computedAt <= keepFor),
      computedAt: new Date(computedAt),
    };
  });
}

function stateOf(state: 'READY' | 'FAILED', fresh: boolean): FreshnessState {
  if (state === 'FAILED') return 'FAILED';
  return fresh ? 'READY' : 'STALE';
}
