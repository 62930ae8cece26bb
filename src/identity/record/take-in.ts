import type { Tx } from '../../platform/database/transactions.js';
import { newId } from '../../shared/ids.js';
import type { IdentifierKinds } from '../identifier-kinds.js';
import { valueId } from '../partition/live-record.js';
import { lockKeys } from './lock-keys.js';
import { lockNamesOf } from './match-keys.js';
import type { Observation } from './observation.js';
import { absorb, bearsOnPartition, blankRecord, type StoredIdentifier, type StoredRecord } from './record.rules.js';
import { readBySourceKey } from './record.store.js';

/** A record before (absent: new) and after what was said. */
export interface RecordChange {
  before: StoredRecord | undefined;
  after: StoredRecord;
  /** It could change who is whose. */
  decisive: boolean;
  /** Something about the person is new, not only that she was seen again. */
  visible: boolean;
}

/** What a batch of observations comes to, before anything is written. */
export interface TakenIn {
  /** The record of each observation. */
  recordIds: string[];
  created: Set<string>;
  changed: RecordChange[];
  /** Identifiers that are new or say more than before. */
  identifiers: { recordId: string; identifier: StoredIdentifier }[];
}

const alones = new WeakMap<Observation, StoredRecord>();

/** What an observation makes of a record about which nothing else is known; of most new records nothing else is. */
export function aloneOf(observation: Observation, kinds: IdentifierKinds): StoredRecord {
  const known = alones.get(observation) ?? absorb(blankRecord(newId(), observation), observation, kinds);
  alones.set(observation, known);
  return known;
}

/** Takes over what was found elsewhere to be made of an observation alone. */
export function adoptAlone(observation: Observation, alone: StoredRecord): void {
  alones.set(observation, alone);
}

/**
 * Locks what the observations concern, reads their records, and adds what was said, in memory. `readAhead` reads in the same turn, and
 * under these locks, what is needed next.
 */
export async function takeIn<Ahead>(
  tx: Tx,
  observations: readonly Observation[],
  kinds: IdentifierKinds,
  readAhead: (alone: readonly StoredRecord[]) => Promise<Ahead>,
): Promise<TakenIn & { ahead: Ahead }> {
  const alone = observations.map((one) => aloneOf(one, kinds));
  await lockKeys(tx, lockNames(observations, alone));
  const [stored, ahead] = await Promise.all([readStored(tx, observations), readAhead(alone)]);
  const records = new Map<string, { before: StoredRecord | undefined; after: StoredRecord }>();
  for (const [at, observation] of observations.entries()) {
    const name = recordName(observation);
    const before = stored.get(name);
    const known = records.get(name)?.after ?? before;
    records.set(name, { before, after: known ? absorb(known, observation, kinds) : (alone[at] as StoredRecord) });
  }
  const changed = [...records.values()].map((entry) => compare(entry, kinds)).filter((change) => change !== undefined);
  await lockOldValues(tx, changed, new Set(alone));
  return {
    recordIds: observations.map((observation) => records.get(recordName(observation))?.after.id as string),
    created: new Set(changed.filter(({ before }) => !before).map(({ after }) => after.id)),
    changed,
    ahead,
    identifiers: changed.flatMap(({ before, after }) => fresh(before, after)),
  };
}

function recordName({ source, sourceKey }: Observation): string {
  return `${source.id} ${sourceKey}`;
}

async function readStored(tx: Tx, observations: readonly Observation[]): Promise<Map<string, StoredRecord>> {
  const distinct = [...new Map(observations.map((one) => [recordName(one), one])).values()];
  const rows = await readBySourceKey(
    tx,
    distinct.map(({ source }) => source.id),
    distinct.map(({ sourceKey }) => sourceKey),
  );
  return new Map(rows.map((row) => [`${row.sourceId} ${row.sourceKey}`, row]));
}

function compare(
  { before, after }: { before: StoredRecord | undefined; after: StoredRecord },
  kinds: IdentifierKinds,
): RecordChange | undefined {
  if (before && JSON.stringify(before) === JSON.stringify(after)) return undefined;
  const visible = !before || said(before) !== said(after);
  return { before, after, visible, decisive: bearsOnPartition(before, after, kinds) };
}

function said({ traits, identifiers }: StoredRecord): string {
  return JSON.stringify([traits, identifiers.map(({ kind, key, asserted }) => [kind, key, asserted])]);
}

function fresh(before: StoredRecord | undefined, after: StoredRecord): TakenIn['identifiers'] {
  if (!before) return after.identifiers.map((identifier) => ({ recordId: after.id, identifier }));
  const known = new Map(before.identifiers.map((one) => [valueId(one.kind, one.key), JSON.stringify(one)]));
  return after.identifiers
    .filter((one) => known.get(valueId(one.kind, one.key)) !== JSON.stringify(one))
    .map((identifier) => ({ recordId: after.id, identifier }));
}

/** The names under which transactions that could meet in a record or a value wait for one another. */
function* lockNames(observations: readonly Observation[], alone: readonly StoredRecord[]): Generator<string | number> {
  for (const [at, observation] of observations.entries()) {
    yield recordName(observation);
    yield* lockNamesOf(alone[at] as StoredRecord);
  }
}

/** What is not one observation alone has other keys than were locked: those of before, which may go, and those of all that was said together. */
async function lockOldValues(
  tx: Tx,
  changed: readonly RecordChange[],
  alone: ReadonlySet<StoredRecord>,
): Promise<void> {
  const others = changed.filter(({ after, decisive }) => decisive && !alone.has(after));
  await lockKeys(
    tx,
    others.flatMap(({ before, after }) => [...(before ? lockNamesOf(before) : []), ...lockNamesOf(after)]),
  );
}
