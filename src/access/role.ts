/** What a member of staff may be; the words are those of `npx foyer staff add --role`. */
export const roles = [
  'ASSOCIATE',
  'STORE_MANAGER',
  'SERVICE',
  'FINANCE',
  'MARKETING',
  'ANALYST',
  'PRIVACY_OFFICER',
  'ADMIN',
] as const;

/** One of the roles of staff. */
export type Role = (typeof roles)[number];

/** Whether a word names a role. */
export function isRole(word: string): word is Role {
  return (roles as readonly string[]).includes(word);
}
