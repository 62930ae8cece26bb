import type { Evidence } from '../evidence/evidence.js';

/** Levels at which a thing of a home is the same thing. */
export const sameHome: Readonly<Record<string, ReadonlySet<string>>> = {
  family: new Set(['exact', 'part', 'close']),
  phone: new Set(['exact']),
  mail: new Set(['exact']),
  street: new Set(['exact', 'close']),
};

/** Levels of the town at which one street address may be another house. */
const elsewhere = new Set(['differs', 'slip']);

/** Levels of the first name at which two records are of two people. */
const twoPeople = new Set(['differs', 'hisAndHers', 'near', 'slight']);

/** One thing in common may be chance (a common name) or a place of work; a home shares two. */
export const leastShared = 2;

/**
 * What speaks for two people of one household, by what a comparison found: two first names, or twins, or a generation
 * between them, and at least two of family name, address, phone and mailbox in common. Empty when they are no household.
 */
export function householdEvidence(evidence: readonly Evidence[]): Evidence[] {
  const level = new Map(evidence.map((one) => [one.field, one.level]));
  const areTwo = twoPeople.has(level.get('given') ?? '') || level.has('relatives');
  if (!areTwo) return [];
  const isElsewhere = elsewhere.has(level.get('area') ?? '');
  const shared = evidence.filter(({ field, level: found }) => {
    if (field === 'street' && isElsewhere) return false;
    return sameHome[field]?.has(found) ?? false;
  });
  if (shared.length < leastShared) return [];
  const telling = evidence.filter(({ field, weight }) => field === 'relatives' || (field === 'area' && weight > 0));
  return [...shared, ...telling];
}
