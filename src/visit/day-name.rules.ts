import type { WrittenName } from './mask.rules.js';
import type { RecognitionStatus } from './visit.words.js';

/** What is known of how somebody is called: by the shop floor, and by the records of whom she is taken for. */
export interface Known {
  readonly recognition: RecognitionStatus;
  readonly calledName: string | null;
  readonly names: readonly WrittenName[] | null;
}

/**
 * The name of a visitor in the list of a day, no longer than the board has it: the given name and an initial once she is
 * confirmed, the given name alone while she is claimed to be, else what was called out.
 */
export function dayName({ recognition, calledName, names }: Known): string | null {
  const isKnown = recognition === 'CONFIRMED' || recognition === 'CLAIMED';
  const [name] = isKnown ? (names ?? []).map(wordsOf).filter((words) => words.length > 0) : [];
  if (!name) return calledName;
  const [given = '', family] = [name[0], name.length > 1 ? name.at(-1) : undefined];
  return recognition === 'CONFIRMED' && family ? `${given} ${[...family][0] ?? ''}.` : given;
}

function wordsOf({ name, givenName, familyName }: WrittenName): string[] {
  const [given, family] = [givenName?.trim(), familyName?.trim()];
  if (given) return family ? [given, family] : [given];
  return (name ?? family ?? '').split(/\s+/).filter(Boolean);
}
