import { SetMetadata, type CustomDecorator } from '@nestjs/common';

/** Where the guard of the access room finds that a route needs no caller. */
export const openRoute = 'foyer:open-route';

/** A route that anybody may call because it says nothing about anybody. */
export function OpenRoute(): CustomDecorator {
  return SetMetadata(openRoute, true);
}
