import type { Tx } from '../../platform/database/transactions.js';
import { noteRemoval } from '../known/known-records.store.js';
import type { StoredRecord } from '../record/record.rules.js';
import { deleteRecords, readById } from '../record/record.store.js';
import type { Decisions } from './decisions.js';
import { customersOf, fellows } from './membership.query.js';
import { followRemoved, forgetCustomers } from './membership.store.js';
import { unchanged } from './observe.js';
import { rescore } from './rescore.js';

/** Forgets records, whose values are locked, as if they had never been, and resolves those they held together. */
export async function remove(tx: Tx, decisions: Decisions, before: readonly StoredRecord[]): Promise<void> {
  const recordIds = before.map(({ id }) => id);
  const customers = await customersOf(tx, recordIds);
  const kept = await fellows(tx, [...new Set(customers.values())], recordIds);
  const { tied } = await rescore(
    tx,
    recordIds.map((id) => ({ id, isNew: false, after: undefined, keys: [] })),
  );
  if (recordIds.length > 0) noteRemoval(tx);
  await deleteRecords(tx, recordIds);
  const rest = unchanged(await readById(tx, [...new Set([...kept.keys(), ...tied])]));
  const changed = new Map([...unchanged(before), ...rest]);
  const customerOf = await decisions.decide(tx, changed, [...kept.keys()], 'records removed', Infinity);
  const heirs = heirsOf(customers, kept, customerOf);
  await followRemoved(tx, heirs, decisions.now());
  await forgetCustomers(
    tx,
    [...customers.keys()].filter((id) => !heirs.has(id)),
  );
}

/** For each removed record: the present customer of the lowest record that was left of hers. */
function heirsOf(
  removed: ReadonlyMap<string, string>,
  kept: ReadonlyMap<string, string>,
  customerOf: ReadonlyMap<string, string>,
): Map<string, string> {
  const lowest = new Map<string, string>();
  for (const [recordId, customerId] of [...kept].sort().reverse()) lowest.set(customerId, recordId);
  const heirs = new Map<string, string>();
  for (const [recordId, customerId] of removed) {
    const heir = customerOf.get(lowest.get(customerId) ?? '');
    if (heir !== undefined) heirs.set(recordId, heir);
  }
  return heirs;
}
