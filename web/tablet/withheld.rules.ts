import type { ContextSeenFragment } from './graphql/graphql.js';

type Omission = ContextSeenFragment['withheld'][number];

/** Things kept back for one and the same reason. */
export interface KeptBack {
  readonly reason: string;
  readonly fields: readonly string[];
}

/** Whether it is a matter of a department that keeps its content; those stand among the open matters. */
export function isOpenMatter({ field }: Omission): boolean {
  return field === 'openMatter';
}

/** Each reason once, with everything that it keeps back, in the order in which they were told. */
export function byReason(withheld: readonly Omission[]): KeptBack[] {
  const fields = new Map<string, Set<string>>();
  for (const { field, reason } of withheld) fields.set(reason, (fields.get(reason) ?? new Set()).add(field));
  return [...fields].map(([reason, kept]) => ({ reason, fields: [...kept] }));
}
