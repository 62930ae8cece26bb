import type { Tx } from '../platform/database/transactions.js';
import { valueId } from './partition/live-record.js';
import { lockKeys } from './record/lock-keys.js';
import { lockNamesOf, matchKeysOf } from './record/match-keys.js';
import { profileOfRecord, type StoredRecord } from './record/record.rules.js';
import { deleteIdentifiers, readById, writeRecords } from './record/record.store.js';
import type { Decisions } from './resolve/decisions.js';
import { unchanged } from './resolve/observe.js';
import { rescore } from './resolve/rescore.js';

/** Takes values from a record, whose values are locked, compares it anew without them, and decides what follows. */
export async function withdraw(
  tx: Tx,
  decisions: Decisions,
  before: StoredRecord,
  values: readonly { kind: string; key: string }[],
): Promise<void> {
  const taken = new Set(values.map(({ kind, key }) => valueId(kind, key)));
  const kept = before.identifiers.filter(({ kind, key }) => !taken.has(valueId(kind, key)));
  const after = { ...before, identifiers: kept };
  await lockKeys(tx, lockNamesOf(after));
  const compared = { trusted: after.trusted, profile: profileOfRecord(after) };
  const anew = { id: after.id, isNew: false, after: compared, keys: matchKeysOf(after) };
  const { tied } = await rescore(tx, [anew], async () => {
    await deleteIdentifiers(tx, before.id, values);
    await writeRecords(tx, [after]);
  });
  const others = await readById(
    tx,
    [...tied].filter((id) => id !== before.id),
  );
  await decisions.decide(tx, unchanged([before, ...others]), [before.id], 'values withdrawn');
}
