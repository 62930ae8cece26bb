import type { Amount } from '../shared/money.js';
import type { ChosenOption } from './configuration-event.js';
import { without } from './options.rules.js';

/** A configuration as somebody saw it. */
export interface Seen {
  readonly options: readonly ChosenOption[];
  readonly total: Amount | null;
}

/** What differs between two sights of a configuration. */
export interface Change {
  readonly added: readonly ChosenOption[];
  readonly removed: readonly ChosenOption[];
  readonly totalBefore: Amount | null;
  readonly totalAfter: Amount | null;
}

/** What was added and removed, and what the whole cost and costs. */
export function changeBetween(before: Seen, after: Seen): Change {
  return {
    added: without(after.options, before.options),
    removed: without(before.options, after.options),
    totalBefore: before.total,
    totalAfter: after.total,
  };
}
