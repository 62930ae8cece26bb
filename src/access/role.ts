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

/** Those whose work is with the person in front of them, so with a tablet in their hands. */
export const floorRoles: readonly Role[] = ['ASSOCIATE', 'STORE_MANAGER', 'SERVICE', 'FINANCE'];

/** Those whose PINs a store manager sets: nobody who may do what she may, or more. */
export const rolesBelowManager: readonly Role[] = floorRoles.filter((role) => role !== 'STORE_MANAGER');

/** Whether a word names a role. */
export function isRole(word: string): word is Role {
  return (roles as readonly string[]).includes(word);
}
