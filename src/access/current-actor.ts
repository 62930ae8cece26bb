import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { actorOf } from './actor-of.js';

/** Hands a resolver or route the caller. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext) => actorOf(context));
