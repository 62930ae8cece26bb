import type { Type } from '@nestjs/common';

/** The classes that modules export; arrow functions and values beside them are nobody's door. */
export function classesOf(modules: readonly object[]): Type[] {
  const exported = modules.flatMap((module) => Object.values(module) as unknown[]);
  return exported.filter((part): part is Type => typeof part === 'function' && typeof part.prototype === 'object');
}
