import type { Role } from '../access/role.js';

/** Departments whose content stays with them, and who else reads it. */
const readers: Readonly<Record<string, Role>> = { service: 'SERVICE', finance: 'FINANCE' };

/** Whether what a department has with a customer reaches the others as "open matter" only. */
export function keepsItsContent(department: string): boolean {
  return Object.hasOwn(readers, department);
}

/** Whether somebody of these roles may read what a department has with a customer. */
export function mayReadContent(roles: readonly Role[], department: string): boolean {
  const reader = keepsItsContent(department) ? readers[department] : undefined;
  return reader === undefined || roles.includes(reader);
}
