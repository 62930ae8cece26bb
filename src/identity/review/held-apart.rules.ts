import { say } from '../../shared/catalogue/say.js';
import type { Refusal } from '../partition/clusters.js';

/** In words which guard holds two records apart, as an edge keeps it (`Refusal`); null for none. */
export function sayHeldApart(language: string, refused: string | null): string | null {
  if (refused === null) return null;
  const [guard, kind = ''] = (refused as Refusal).split(' ');
  if (guard === 'values') return say(language, 'guard.values', { kind });
  return say(language, guard === 'births' ? 'guard.births' : 'guard.names', {});
}
