import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { ActorKind } from './actor.js';
import type { Role } from './role.js';

/** Where the guard finds what a root field or route allows. */
export const allowed = 'foyer:allowed';

/** A kind of caller, or staff of one role. */
export type Allowed = ActorKind | Role;

/**
 * Says who may call a root field or route: kinds of callers, or roles of staff (a bare tablet counts as ASSOCIATE).
 * `PUBLIC` lets everybody in. Without it the process does not start.
 */
export function Allow(...who: [Allowed, ...Allowed[]]): CustomDecorator {
  return SetMetadata(allowed, who);
}
