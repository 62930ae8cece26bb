import type { Role } from '../access/role.js';
import type { Keeper } from '../ingest/source-kind.js';

/** Who else reads what a department keeps to itself; what is kept bears its keeper's name. */
const readers: Readonly<Record<Keeper, Role>> = { service: 'SERVICE', finance: 'FINANCE' };

/** Whether what a department has with a customer reaches the others as "open matter" only. */
export function keepsItsContent(department: string): department is Keeper {
  return Object.hasOwn(readers, department);
}

/** Whether nobody wants to hear aloud in a store that a department has something with her at all. */
export function isDiscreet(department: string): boolean {
  return department === 'finance';
}

/** Whether somebody of these roles may read what a department has with a customer. */
export function mayReadContent(roles: readonly Role[], department: string): boolean {
  return !keepsItsContent(department) || roles.includes(readers[department]);
}
