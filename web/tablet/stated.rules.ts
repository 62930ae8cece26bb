import type { CheckInInput } from './graphql/graphql.js';

/** What somebody says of herself at a look-up. */
export type Stated = Pick<CheckInInput, 'statedName' | 'identifiers'>;

/** Why what was typed cannot be looked up as it stands. */
type Misplaced = 'notReach' | 'twoReaches';

/** The two fields of a look-up as one statement, or what is wrong with them: neither takes the other's place. */
export function statedBy(who: string, reach: string): Stated | Misplaced {
  const first = statedAs(who);
  const second = statedAs(reach);
  if (second.statedName) return 'notReach';
  if (first.identifiers && second.identifiers) return 'twoReaches';
  return { ...first, ...second };
}

/** What was typed, as what it looks like: a mail address, a phone number, else a name. */
function statedAs(text: string): Stated {
  if (!text) return {};
  if (text.includes('@')) return { identifiers: [{ kind: 'email', value: text }] };
  if (/^[+(\d][\d\s()/.-]{5,}$/.test(text)) return { identifiers: [{ kind: 'phone', value: text }] };
  return { statedName: text };
}
