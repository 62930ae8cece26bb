import { say } from '../shared/catalogue/say.js';
import type { Sentence } from '../platform/graphql/sentence.type.js';
import type { Visit } from './visit.entity.js';

/** What a salesperson should be careful about on this visit, in her language. */
export function presentWarnings(visit: Pick<Visit, 'id' | 'alarm'>, language: string): Sentence[] {
  if (!visit.alarm) return [];
  const text = say(language, 'warning.two-stores', {});
  return [{ id: `${visit.id}:two-stores`, text, because: [say(language, 'because.two-stores', {})] }];
}
