import type { Evidence } from '../evidence/evidence.js';
import type { Worth } from '../evidence/score.rules.js';

/** What holds two records together. */
export type Reason =
  | { kind: 'judged'; judgementId: string }
  | { kind: 'proof'; value: { kind: string; key: string }; isShared: boolean }
  | { kind: 'evidence'; evidence: readonly Evidence[]; worth: Worth }
  | { kind: 'device' };

/** Two records and what holds them together; a human word is infinitely firm. */
export interface Tie {
  a: string;
  b: string;
  weight: number;
  reason: Reason;
}

/** The path between two records whose weakest tie is as firm as can be; undefined when nothing leads there. */
export function strongestPath(ties: readonly Tie[], from: string, to: string): Tie[] | undefined {
  const groups = new Map<string, Set<string>>();
  const groupOf = (id: string): Set<string> => {
    const group = groups.get(id) ?? new Set([id]);
    groups.set(id, group);
    return group;
  };
  const kept = new Map<string, Tie[]>();
  // A tree laid from the firmest tie to the weakest holds the firmest path between any two.
  for (const tie of [...ties].sort(firmestFirst)) {
    const [one, other] = [groupOf(tie.a), groupOf(tie.b)];
    if (one === other) continue;
    for (const id of other) {
      one.add(id);
      groups.set(id, one);
    }
    for (const id of [tie.a, tie.b]) kept.set(id, [...(kept.get(id) ?? []), tie]);
  }
  return walk(kept, from, to, new Set([from]));
}

function firmestFirst(x: Tie, y: Tie): number {
  if (x.weight !== y.weight) return y.weight > x.weight ? 1 : -1;
  return `${x.a} ${x.b}` < `${y.a} ${y.b}` ? -1 : 1;
}

/** Breadth first; each tie is turned so that it leads onward. */
function walk(kept: ReadonlyMap<string, Tie[]>, from: string, to: string, seen: Set<string>): Tie[] | undefined {
  const ways: { at: string; path: Tie[] }[] = [{ at: from, path: [] }];
  for (const { at, path } of ways) {
    if (at === to) return path;
    for (const tie of kept.get(at) ?? []) {
      const next = tie.a === at ? tie.b : tie.a;
      if (seen.has(next)) continue;
      seen.add(next);
      ways.push({ at: next, path: [...path, { ...tie, a: at, b: next }] });
    }
  }
  return undefined;
}
