import { remembered } from '../../shared/remembered.js';
import type { Traits } from './observation.js';

/** What a record says of its person, with the moment of each value and which of them were asserted. */
export interface SaidTraits {
  traits: Traits;
  /** ISO 8601, by field. */
  traitsAt: Record<string, string>;
  asserted: string[];
}

/**
 * Adds what was said at one moment. Of two values the asserted one stays, then the later, then the greater, so that
 * the order of arrival makes no difference. Empty values say nothing.
 */
export function mergeTraits(said: SaidTraits, traits: Traits, at: Date, asserted: boolean): SaidTraits {
  if (Object.keys(said.traitsAt).length === 0) return firstTraits(traits, at, asserted);
  const merged: Record<string, string> = { ...said.traits };
  const traitsAt = { ...said.traitsAt };
  const assertedFields = new Set(said.asserted);
  const moment = at.toISOString();
  for (const [field, value] of Object.entries(traits) as [string, unknown][]) {
    if (typeof value !== 'string' || value.trim() === '') continue;
    const before = traitsAt[field];
    if (before !== undefined) {
      const held = rank(assertedFields.has(field), before, merged[field] ?? '');
      if (rank(asserted, moment, value) <= held) continue;
    }
    merged[field] = value;
    traitsAt[field] = moment;
    if (asserted) assertedFields.add(field);
    else assertedFields.delete(field);
  }
  return { traits: merged, traitsAt, asserted: [...assertedFields].sort() };
}

/** The same where nothing has been said before. */
function firstTraits(traits: Traits, at: Date, asserted: boolean): SaidTraits {
  const merged: Record<string, string> = {};
  const traitsAt: Record<string, string> = {};
  const moment = at.toISOString();
  for (const [field, value] of Object.entries(traits) as [string, unknown][]) {
    if (typeof value !== 'string' || value.trim() === '') continue;
    merged[field] = value;
    traitsAt[field] = moment;
  }
  return { traits: merged, traitsAt, asserted: asserted ? sorted(Object.keys(merged).join('\n')) : [] };
}

/** Few files differ in which fields they tell, so the list is one for all records. */
const sorted = remembered(1000, (fields) => (fields === '' ? [] : fields.split('\n').sort()));

function rank(asserted: boolean, at: string, value: string): string {
  return `${asserted ? 1 : 0} ${at} ${value}`;
}
