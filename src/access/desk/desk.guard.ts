import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { unsaid } from '../../shared/catalogue/sentences.js';
import { bearerOf } from '../actor-of.js';
import { Forbidden } from '../denial.js';

/** The desk is for staff with a token of their own: whoever holds a tablet has shown no more than a PIN. */
@Injectable()
export class DeskGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (bearerOf(context).actor?.tabletId !== undefined) throw new Forbidden(unsaid('access.staff-token-needed', {}));
    return true;
  }
}
