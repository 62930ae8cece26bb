import type { PipeTransform } from '@nestjs/common';
import { BadUserInput } from '../../platform/graphql/errors.js';

/** A reason of one sentence: neither empty nor a letter, and nothing PostgreSQL cannot keep. */
export class WhyPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    const why = value.trim();
    if (why.length === 0 || why.length > 500 || !/^[^\0\p{Cs}]*$/u.test(why)) {
      throw new BadUserInput('Say why, in 1 to 500 characters.', ['why']);
    }
    return why;
  }
}
