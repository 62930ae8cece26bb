import { days } from '../shared/clock.js';
import { freshnessOf } from './freshness.rules.js';
import type { FactRow } from './context.row.js';

const now = 1_000_000_000_000;
const steps = [{ name: 'activity', keepFor: days(1) }] as const;
const fact = (state: 'READY' | 'FAILED', current: boolean, computedAt: number): FactRow =>
  ['activity', state, current, computedAt, { lines: [] }] as FactRow;

describe('how fresh a fact is', () => {
  it.each([
    ['PENDING', []],
    ['PENDING', [fact('READY', false, now)]],
    ['PENDING', [fact('FAILED', false, now)]],
    ['READY', [fact('READY', true, now - days(1))]],
    ['STALE', [fact('READY', true, now - days(1) - 1)]],
    ['FAILED', [fact('FAILED', true, now - days(9))]],
  ])('%s', (state, facts) => {
    expect(freshnessOf(steps, facts, now)).toEqual([
      { step: 'activity', state, computedAt: facts[0] ? new Date(facts[0][3]) : null },
    ]);
  });
});
