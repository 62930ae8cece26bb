import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { openRoute } from '../platform/http/open-route.js';
import type { Actor } from './actor.js';
import { allowed, type Allowed } from './allow.js';
import { bearerOf } from './actor-of.js';
import { credentialsOf, type CallingRequest } from './credentials.js';
import { Forbidden, Unauthenticated } from './denial.js';
import { Tokens } from './tokens.js';

/** The one door: every root field and route, over HTTP and WebSocket; what allows nobody is closed. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: Tokens,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const who = this.reflector.getAllAndOverride<Allowed[] | undefined>(allowed, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (this.reflector.get(openRoute, context.getHandler())) return true;
    const bearer = bearerOf(context);
    if (bearer.actor === undefined) {
      if (context.getType() !== 'http') throw new Unauthenticated();
      // A route for everybody may know its callers in a way of its own, as the tracking API does.
      if (who?.includes('PUBLIC')) return true;
      bearer.actor = await this.tokens.recognise(credentialsOf(context.switchToHttp().getRequest<CallingRequest>()));
    }
    admit(bearer.actor, who ?? []);
    return true;
  }
}

/** Lets an actor in or says why not. @throws Unauthenticated, Forbidden */
export function admit(actor: Actor, who: readonly Allowed[]): void {
  if (who.includes('PUBLIC') || who.includes(actor.kind) || actor.roles.some((role) => who.includes(role))) return;
  throw actor.kind === 'PUBLIC' ? new Unauthenticated() : new Forbidden();
}
