import type { Actor } from './actor.js';
import type { Role } from './role.js';

/** A sentence that says who may read a field, and the rule that decides it. */
export interface Policy<Parent = never> {
  /** Reads after "may be read by": "staff who work in its store". */
  readonly sentence: string;
  /** Pure: decides on the caller and the object that holds the field. */
  readonly allows: (actor: Actor, parent: Parent) => boolean;
}

/** Everybody who holds the object may read the field; costs nothing when reading. */
export const open: Policy = { sentence: 'whoever holds the object', allows: () => true };

/** Only staff of these roles; a bare tablet is an ASSOCIATE. */
export function onlyRoles(...roles: Role[]): Policy {
  return {
    sentence: `staff whose role is ${roles.join(' or ')}`,
    allows: (actor) => actor.roles.some((role) => roles.includes(role)),
  };
}

/** A rule of its own, named by the sentence that explains it. */
export function only<Parent>(sentence: string, allows: (actor: Actor, parent: Parent) => boolean): Policy<Parent> {
  return { sentence, allows };
}

type Rules = Readonly<Record<string, Policy>>;

const policies = new Map<string, Rules>();

/**
 * Says who may read each field of a type. A refused field is null, or an error FORBIDDEN where it cannot be null.
 * Called once a type, in a `*.policies.ts` of the room that owns it, which its module imports.
 */
export function definePolicies<Parent>(type: string, rules: Readonly<Record<string, Policy<Parent> | Policy>>): void {
  if (policies.has(type)) throw new Error(`The policies of ${type} are defined twice; keep them in one file.`);
  policies.set(type, rules);
}

const hung = new Map<string, Rules>();

/** Says who may read fields that a lower room hangs on a type of an upper one, whichever of the two is loaded first. */
export function addPolicies<Parent>(type: string, rules: Readonly<Record<string, Policy<Parent> | Policy>>): void {
  hung.set(type, { ...hung.get(type), ...(rules as Rules) });
}

/** The policies of a type; undefined if nobody has defined any. */
export function policiesOf(type: string): Rules | undefined {
  const added = hung.get(type);
  const own = policies.get(type);
  return added ? { ...own, ...added } : own;
}
