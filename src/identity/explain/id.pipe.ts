import type { PipeTransform } from '@nestjs/common';
import { BadUserInput } from '../../platform/graphql/errors.js';

/** An id as the database writes it. */
export class IdPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    const id = value.trim().toLowerCase();
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))
      throw new BadUserInput(`"${value.slice(0, 60)}" is no id.`);
    return id;
  }
}
