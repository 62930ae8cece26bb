import type { ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { Actor } from './actor.js';
import { Unauthenticated } from './denial.js';

/** What carries the caller: a GraphQL context or an HTTP request. */
export interface ActorBearer {
  actor?: Actor;
}

/** The place of this call where the caller is kept. */
export function bearerOf(context: ExecutionContext): ActorBearer {
  return context.getType<string>() === 'graphql'
    ? GqlExecutionContext.create(context).getContext<ActorBearer>()
    : context.switchToHttp().getRequest<ActorBearer>();
}

/** The caller of this call. */
export function actorOf(context: ExecutionContext): Actor {
  const { actor } = bearerOf(context);
  if (actor === undefined) throw new Unauthenticated();
  return actor;
}
