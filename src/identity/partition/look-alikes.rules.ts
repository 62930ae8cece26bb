import { type Model } from '../evidence/model.js';
import { weigh } from '../evidence/score.rules.js';
import type { ScoredEdge } from './live-record.js';

/** A record that looks like more others than this is told apart by nothing that was compared: its edges say nothing. */
export const mostLookAlikes = 40;

/** The strong edges that count: none that ends at a record with too many. */
export function withoutLookAlikes(edges: readonly ScoredEdge[], model: Model): ScoredEdge[] {
  const strong = edges.filter(({ evidence }) => weigh(evidence, model) >= model.automatic);
  const degree = new Map<string, number>();
  for (const { lo, hi } of strong) for (const id of [lo, hi]) degree.set(id, (degree.get(id) ?? 0) + 1);
  return strong.filter(({ lo, hi }) => [lo, hi].every((id) => (degree.get(id) ?? 0) <= mostLookAlikes));
}
