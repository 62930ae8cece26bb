import { setImmediate } from 'node:timers/promises';
import type { Model } from '../evidence/model.js';
import { compare, weigh } from '../evidence/score.rules.js';
import { householdEvidence } from '../household/household.rules.js';
import { pairOf } from '../judge/judgement.store.js';
import type { StoredEdge } from './edge.store.js';
import { areFarApart } from './far-apart.rules.js';
import type { ComparedRecord, ComparedRecords } from './match-key.store.js';

/** Pairs that are compared before the database gets its turn. */
const pairsInARow = 100;

/**
 * The edges of these pairs, as far as they say enough. What is compared of records that are not `own` comes part by part, in the order in which
 * the pairs name them.
 */
export async function edgesBetween(
  pairs: readonly [string, string][],
  own: ComparedRecords,
  others: readonly Promise<ComparedRecords>[],
  model: Model,
): Promise<StoredEdge[]> {
  const edges: StoredEdge[] = [];
  const compared = new Map(own);
  const parts = others.values();
  const isThere = (id: string): boolean => compared.has(id);
  for (const [at, [a, b]] of pairs.entries()) {
    if (at % pairsInARow === pairsInARow - 1) await setImmediate();
    while (!isThere(a) || !isThere(b)) {
      const part = parts.next();
      // Somebody who is gone meanwhile is in none.
      if (part.done === true) break;
      for (const [id, record] of await part.value) compared.set(id, record);
    }
    const edge = edgeOf(pairOf(a, b), compared, model);
    if (edge) edges.push(edge);
  }
  return edges;
}

/** The compared pair, if it says enough to be kept: of one person, or of one household. */
function edgeOf(
  { lo, hi }: { lo: string; hi: string },
  compared: ReadonlyMap<string, ComparedRecord>,
  model: Model,
): StoredEdge | undefined {
  const [one, other] = [compared.get(lo), compared.get(hi)];
  if (!one || !other) return undefined;
  if (areFarApart(one.profile, other.profile, model)) return undefined;
  const evidence = compare(one.profile, other.profile, model);
  const weight = weigh(evidence, model);
  const areTrusted = one.trusted && other.trusted;
  if (weight >= model.possible) return { lo, hi, kind: 'scored', weight, effective: areTrusted, evidence };
  const shared = areTrusted ? householdEvidence(evidence) : [];
  if (shared.length === 0) return undefined;
  return { lo, hi, kind: 'related', weight: weigh(shared, model), effective: false, evidence: shared };
}

/** Whether the machine may join by it. */
export function isStrong(edge: StoredEdge | undefined, model: Model): boolean {
  return edge !== undefined && edge.kind === 'scored' && edge.effective && edge.weight >= model.automatic;
}

/** Whether people are asked about it, unless they have been or something else ties the two. */
export function isDoubtful(edge: StoredEdge | undefined, model: Model): boolean {
  return edge !== undefined && edge.kind === 'scored' && edge.effective && edge.weight < model.automatic;
}

/** Whether an edge says what it said before. */
export function isSame(a: StoredEdge, b: StoredEdge | undefined): boolean {
  return b !== undefined && a.kind === b.kind && a.effective === b.effective && gist(a) === gist(b);
}

function gist({ evidence }: StoredEdge): string {
  return evidence.map(({ field, level, weight, values }) => [field, level, weight, values].join(' ')).join('\n');
}
