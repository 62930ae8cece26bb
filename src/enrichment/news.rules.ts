import { canonical } from '../shared/canonical.js';
import type { Computed } from './compute.rules.js';
import type { OpenVisit } from './customers.query.js';

/** A fact as it stood before. */
export interface FactBefore {
  readonly step: string;
  readonly state: string;
  readonly payload: unknown;
  /** bigint as text. */
  readonly inputVersion: string;
  readonly computedAt: Date;
}

/**
 * Whether a visit's tablets see anything else than before. An arrival alone is no news: it raises the customer's version
 * once, and of somebody whom nobody knows no fact is shown.
 */
export function isNews(
  visit: OpenVisit,
  version: string,
  before: readonly FactBefore[],
  computed: readonly Computed[],
): boolean {
  if (visit.version !== 1 || visit.arrivedAt === null) return true;
  if (!visit.recognised) return version !== '1';
  const arrivedAt = Date.parse(visit.arrivedAt);
  const known = new Map(before.map((fact) => [fact.step, fact]));
  return computed.some((fact) => {
    const last = known.get(fact.step);
    if (!last || last.state !== 'READY' || fact.state !== 'READY') return true;
    const raised = BigInt(version) - BigInt(last.inputVersion);
    const byArrival = raised === 1n && last.computedAt.getTime() < arrivedAt;
    if (raised !== 0n && !byArrival) return true;
    return canonical(last.payload) !== canonical(fact.payload);
  });
}
