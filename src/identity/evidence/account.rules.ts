import type { Evidence } from './evidence.js';
import type { Model } from './model.js';
import { counted, weigh, type Worth } from './score.rules.js';

/** What lowers a sum as a whole: what a household shares speaks up to a cap, and without anything of one person's own the sum stays below. */
export type Reduction = 'householdCap' | 'unproven';

/** A score taken apart: its parts and what was taken off add up to `weigh`, to the last bit. */
export interface Account {
  /** Each comparison with what it counts; `isHeldByOthers`: less than it would, because its values are known of others too. */
  parts: { evidence: Evidence; weight: number; isHeldByOthers: boolean }[];
  /** Below zero, in bits. */
  reductions: { reduction: Reduction; weight: number }[];
}

/** Says how a score comes about. */
export function account(evidence: readonly Evidence[], model: Model, worth: Worth = () => 1): Account {
  const parts = counted(evidence, worth).map(({ evidence: one, said }) => ({
    evidence: one,
    weight: said,
    isHeldByOthers: said < one.weight,
  }));
  const sum = (group: Evidence['group']): number =>
    parts.reduce((total, part) => total + (part.evidence.group === group ? part.weight : 0), 0);
  const [own, shared] = [sum('personal'), sum('household')];
  const speaking = Math.min(shared, model.householdCap);
  const reductions = [
    { reduction: 'householdCap' as const, weight: speaking - shared },
    { reduction: 'unproven' as const, weight: weigh(evidence, model, worth) - (own + speaking) },
  ];
  return { parts, reductions: reductions.filter(({ weight }) => weight < 0) };
}
