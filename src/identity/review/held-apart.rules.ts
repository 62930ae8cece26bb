import { say } from '../../shared/catalogue/say.js';
import type { Refusal } from '../partition/clusters.js';

const sentences = { names: 'guard.names', births: 'guard.births', worth: 'guard.worth' } as const;

/** In words what holds two records apart, as an edge keeps it (`Refusal`); null for nothing. */
export function sayHeldApart(language: string, refused: string | null): string | null {
  if (refused === null) return null;
  const [guard = '', kind = ''] = (refused as Refusal).split(' ');
  if (guard === 'values') return say(language, 'guard.values', { kind });
  return say(language, sentences[guard as keyof typeof sentences], {});
}
