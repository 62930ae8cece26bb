import type { Tx } from '../../platform/database/transactions.js';
import type { StoredRecord } from '../record/record.rules.js';
import type { Decisions } from '../resolve/decisions.js';
import { unchanged } from '../resolve/observe.js';
import { mostTogether } from '../resolve/resolve.js';
import { type Overgrown, replaceOvergrown } from './overgrown.store.js';

/** The largest component that is decided at all; beyond, on-call blocks a value first. */
const mostSettled = 5000;

/** What has become of a component: its records, whether it is decided, and what is known of it while it is too large. */
export interface Settled {
  recordIds: Set<string>;
  isDecided: boolean;
  component: Omit<Overgrown, 'since'> | undefined;
}

/** Decides the component of a record, whose values are locked; see `IdentityService.settleOvergrown`. */
export async function settleOvergrown(
  tx: Tx,
  decisions: Decisions,
  recordId: string,
  before: readonly StoredRecord[],
): Promise<Settled> {
  const { region, deferred } = await decisions.resolve(tx, unchanged(before), [], 'overgrown', mostSettled);
  const isDecided = deferred.length === 0;
  const recordIds = new Set([recordId, ...region.component(recordId)]);
  const held = region.mostHeld(recordIds);
  const now = decisions.now();
  const component =
    isDecided && recordIds.size <= mostTogether
      ? undefined
      : {
          recordId: [...recordIds].sort()[0] as string,
          records: recordIds.size,
          decidedAt: isDecided ? now : null,
          kind: held?.kind ?? null,
          key: held?.key ?? null,
          holders: held?.holders ?? null,
        };
  await replaceOvergrown(tx, [...recordIds], component, now);
  return { recordIds, isDecided, component };
}
