import { say } from '../../shared/catalogue/say.js';
import type { Evidence } from '../evidence/evidence.js';

/** What speaks for one person, in words, the firmest first; never the values themselves. */
export function sayReasons(language: string, evidence: readonly Evidence[]): string[] {
  return evidence
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ field, level }) => say(language, 'evidence.compared', { field, level }));
}
