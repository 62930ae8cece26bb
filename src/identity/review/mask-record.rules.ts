import type { Role } from '../../access/role.js';
import type { IdentifierKinds } from '../identifier-kinds.js';
import type { Traits } from '../record/observation.js';

/** How much of a record somebody may read: all, all but where she is reached, or only shapes. */
export type Clearance = 'all' | 'names' | 'shapes';

/** What a role may read of records it judges or counts. */
export function clearanceOf(roles: readonly Role[]): Clearance {
  if (roles.includes('ADMIN') || roles.includes('PRIVACY_OFFICER')) return 'all';
  return roles.includes('STORE_MANAGER') ? 'names' : 'shapes';
}

/** One thing a record says, as somebody may read it. */
export interface ShownValue {
  field: string;
  text: string;
  isMasked: boolean;
}

const named = ['name', 'givenName', 'middleName', 'familyName'] as const;
const others = ['birthDate', 'street', 'postalCode', 'locality', 'region', 'country'] as const;

/** What a record says of its person, in a fixed order. */
export function shownValues(
  { traits, held }: { traits: Traits; held: readonly { kind: string; key: string; value: string }[] },
  clearance: Clearance,
  kinds: IdentifierKinds,
): ShownValue[] {
  const isOpen = clearance !== 'shapes';
  const values: ShownValue[] = [];
  const add = (field: string, value: string | undefined, isMasked: boolean, mask: (text: string) => string): void => {
    const text = value?.trim();
    if (text) values.push({ field, text: isMasked ? mask(text) : text, isMasked });
  };
  for (const field of named) add(field, traits[field], !isOpen, initials);
  for (const field of others) {
    const isHarmless = field === 'country' || field === 'region';
    add(field, traits[field], !isOpen && !isHarmless, field === 'birthDate' ? yearOf : firstLetters);
  }
  for (const { kind, key, value } of [...held].sort((a, b) => (a.kind + a.key < b.kind + b.key ? -1 : 1))) {
    add(kind, value, clearance !== 'all', () => kinds.get(kind)?.mask(key) ?? '…');
  }
  return values;
}

function initials(text: string): string {
  return text
    .split(/\s+/)
    .map((word) => `${[...word][0] ?? ''}…`)
    .join(' ');
}

function yearOf(text: string): string {
  return /\d{4}/.exec(text)?.[0] ?? '…';
}

function firstLetters(text: string): string {
  return `${[...text].slice(0, Math.min(2, Math.floor(text.length / 2))).join('')}…`;
}
