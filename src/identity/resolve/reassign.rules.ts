import type { Reached } from './reach.query.js';

/** One customer whose records are no longer what they were. */
export interface CustomerChange {
  kind: 'formed' | 'merged' | 'split' | 'changed';
  customerId: string;
  /** Her present records by the customer they were of before; new records under the empty text. */
  before: Record<string, string[]>;
  after: string[];
}

/** The difference between who is whose now and who should be. */
export interface Reassignment {
  moves: { recordId: string; customerId: string }[];
  /** Customers that gained or lost records; `lost`: some record left. */
  customers: Map<string, { lost: boolean; gained: boolean }>;
  changes: CustomerChange[];
}

/**
 * Compares the partition with the present memberships. A customer is named after her lowest record, so that a merge
 * keeps the oldest name, a split restores the old one, and an undo leaves no trace.
 */
export function reassign(clusters: readonly (readonly string[])[], records: readonly Reached[]): Reassignment {
  const now = new Map(records.map((record) => [record.id, record.customerId]));
  const moves: Reassignment['moves'] = [];
  const customers: Reassignment['customers'] = new Map();
  const changes: CustomerChange[] = [];
  const mark = (id: string, what: 'lost' | 'gained'): void => {
    customers.set(id, { ...(customers.get(id) ?? { lost: false, gained: false }), [what]: true });
  };
  for (const cluster of clusters) {
    const customerId = cluster[0] as string;
    const moved = cluster.filter((id) => now.get(id) !== customerId);
    if (moved.length === 0) continue;
    mark(customerId, 'gained');
    for (const recordId of moved) {
      moves.push({ recordId, customerId });
      const from = now.get(recordId);
      if (from) mark(from, 'lost');
    }
    changes.push(describe(customerId, cluster, now));
  }
  return { moves, customers, changes };
}

function describe(customerId: string, after: readonly string[], now: Map<string, string | null>): CustomerChange {
  const before: Record<string, string[]> = {};
  for (const id of after) (before[now.get(id) ?? ''] ??= []).push(id);
  const sources = Object.keys(before).filter((id) => id !== '');
  const stayed = before[customerId] !== undefined;
  const kind = sources.length === 0 ? 'formed' : sources.length > 1 ? 'merged' : stayed ? 'changed' : 'split';
  return { kind, customerId, before, after: [...after] };
}
