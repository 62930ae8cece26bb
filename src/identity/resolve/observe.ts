import { keepPlans } from '../../platform/database/kept-plans.js';
import type { Tx } from '../../platform/database/transactions.js';
import { identifierKinds } from '../identifier-kinds.js';
import { insertJudgements, type Judging } from '../judge/judgement.store.js';
import type { LiveRecord } from '../partition/live-record.js';
import { matchKeysOf } from '../record/match-keys.js';
import type { Observation, Observed } from '../record/observation.js';
import { liveRecord, profileOfRecord, type StoredRecord } from '../record/record.rules.js';
import { readById, writeIdentifiers, writeNewRecords, writeRecords } from '../record/record.store.js';
import { type TakenIn, takeIn } from '../record/take-in.js';
import { activeModel } from '../retrain/model.store.js';
import type { KnownRecord } from '../known/known-records.js';
import type { WhileImporting } from '../known/while-importing.js';
import { type Acquaintances, inDatabase, inMemory } from './acquaintances.js';
import type { Decisions } from './decisions.js';
import { borneBefore, withFellows } from './loners.store.js';
import { timed } from './linkage.js';
import { customersOf } from './membership.query.js';
import type { Changed } from './region.js';
import { type KeysAhead, type Pair, rescore, type Rescored } from './rescore.js';

/** Keeps what sources say of people, a batch at once, and resolves it; see `IdentityService.observe`. */
export async function observe(
  tx: Tx,
  decisions: Decisions,
  observations: readonly Observation[],
  { same, importing }: { same?: Omit<Judging, 'a' | 'verdict'> | undefined; importing?: WhileImporting } = {},
): Promise<Observed[]> {
  return keepPlans(tx, async () => {
    const known = await importing?.knownTo(tx);
    if (!known) return (await observeNow(tx, decisions, observations, inDatabase(tx), same)).observed;
    const { observed, written } = await observeNow(tx, decisions, observations, inMemory(tx, known), same);
    await importing?.noteWritten(tx, written.map(knownOf));
    return observed;
  });
}

function knownOf(record: StoredRecord): KnownRecord {
  const { id, trusted } = record;
  return { id, trusted, profile: profileOfRecord(record), keys: matchKeysOf(record) };
}

async function observeNow(
  tx: Tx,
  decisions: Decisions,
  observations: readonly Observation[],
  acquaintances: Acquaintances,
  same: Omit<Judging, 'a' | 'verdict'> | undefined,
): Promise<{ observed: Observed[]; written: StoredRecord[] }> {
  const taken = await takeIn(tx, observations, identifierKinds, (alone) => readAhead(tx, acquaintances, alone));
  const write = async (): Promise<void> => {
    const fresh = taken.changed.flatMap(({ before, after }) => (before ? [] : after));
    const known = taken.changed.flatMap(({ before, after }) => (before ? after : []));
    await writeNewRecords(tx, fresh);
    await writeRecords(tx, known);
    await writeIdentifiers(tx, taken.identifiers, new Set(fresh.map(({ id }) => id)));
  };
  const [first] = taken.recordIds;
  const judged = same && first ? { ...same, a: first } : undefined;
  if (judged) await insertJudgements(tx, { ...judged, verdict: 'same' }, [judged.b], decisions.now());
  const { customerOf, doubtful } = await timed(() => settle(tx, decisions, { ...taken, acquaintances }, write, judged));
  const rest = taken.recordIds.filter((id) => !customerOf.has(id));
  if (rest.length > 0) for (const [id, customerId] of await customersOf(tx, rest)) customerOf.set(id, customerId);
  const areTwo = ({ lo, hi }: Pair): boolean =>
    customerOf.get(lo) === undefined || customerOf.get(lo) !== customerOf.get(hi);
  const asked = byRecord(doubtful.filter(areTwo), new Set(taken.recordIds));
  const observed = taken.recordIds.map((recordId) => {
    const created = taken.created.has(recordId);
    return { recordId, customerId: customerOf.get(recordId) as string, created, doubtful: asked.get(recordId) ?? [] };
  });
  return { observed, written: taken.changed.flatMap(({ after, decisive }) => (decisive ? after : [])) };
}

/** What is read in one turn with the records, as all of it would be read one after the other for most new ones. */
interface Ahead extends KeysAhead {
  /** Values that a stored record bears asserted. */
  borne: ReadonlySet<string>;
}

async function readAhead(tx: Tx, acquaintances: Acquaintances, alone: readonly StoredRecord[]): Promise<Ahead> {
  const keys = new Set(alone.map(matchKeysOf));
  const [model, holders, borne] = await Promise.all([
    activeModel(tx),
    acquaintances.holdersOf([...keys].flat()),
    borneBefore(tx, alone),
  ]);
  return { keys, model, holders, borne };
}

/** Gives each pair to the one of its two records that was spoken of, the older one where both were. */
function byRecord(pairs: readonly Pair[], spokenOf: ReadonlySet<string>): Map<string, Pair[]> {
  const by = new Map<string, Pair[]>();
  for (const pair of pairs) {
    const id = spokenOf.has(pair.lo) ? pair.lo : pair.hi;
    by.set(id, [...(by.get(id) ?? []), pair]);
  }
  return by;
}

/** Decides what the changed records make of their customers; a new record that nothing ties to anybody needs no deciding. */
async function settle(
  tx: Tx,
  decisions: Decisions,
  { changed: changes, ahead, acquaintances }: Pick<TakenIn, 'changed'> & { ahead: Ahead; acquaintances: Acquaintances },
  write: () => Promise<void>,
  judged: { a: string; b: string } | undefined,
): Promise<{ customerOf: Map<string, string>; doubtful: Pair[] }> {
  const decisive = changes.filter((change) => change.decisive);
  const { tied, doubtful } = await rescore(
    tx,
    decisive.map(({ before, after }) => rescored(after, !before)),
    write,
    ahead,
    acquaintances,
  );
  const untied = decisive.filter(({ before, after }) => !before && !tied.has(after.id) && after.id !== judged?.a);
  const fellows = withFellows(
    untied.map(({ after }) => after),
    changes.map(({ after }) => after),
    ahead.borne,
  );
  const alone = new Set(untied.map(({ after }) => after.id).filter((id) => !fellows.has(id)));
  await decisions.form(tx, [...alone]);
  const own = new Map(
    decisive
      .filter(({ after }) => !alone.has(after.id))
      .map((change) => [change.after.id, change.before && liveRecord(change.before)]),
  );
  const changed = withOthers(own, tied);
  const touched = changes
    .filter((change) => change.visible && !alone.has(change.after.id))
    .map(({ after }) => after.id);
  if (judged) touched.push(judged.b);
  const customerOf = new Map([...alone].map((id) => [id, id]));
  if (changed.size > 0)
    for (const [id, customerId] of await decisions.decide(tx, changed, touched, 'observed'))
      customerOf.set(id, customerId);
  await decisions.touch(
    tx,
    touched.filter((id) => !customerOf.has(id)),
  );
  return { customerOf, doubtful };
}

/** Adds records of which only an edge changed. */
function withOthers(own: ReadonlyMap<string, LiveRecord | undefined>, ids: ReadonlySet<string>): Changed {
  const changed = new Map<string, LiveRecord | 'as stored' | undefined>(own);
  for (const id of ids) if (!own.has(id)) changed.set(id, 'as stored');
  return changed;
}

/** Records as they are, as something of which only the surroundings changed. */
export function unchanged(records: readonly StoredRecord[]): Changed {
  return new Map(records.map((record) => [record.id, liveRecord(record)]));
}

/** Compares records, whose values are locked, anew with everybody they could meet, and decides what follows. */
export async function compareAnew(tx: Tx, decisions: Decisions, records: readonly StoredRecord[]): Promise<void> {
  const anew = records.map((record) => rescored(record, false));
  const { tied } = await rescore(tx, anew, () => writeRecords(tx, records));
  // Those whose edges stayed too: what is worth a value or forbids a join may be another rule than when they were decided.
  const concerned = await readById(tx, [...new Set([...records.map(({ id }) => id), ...tied])]);
  await decisions.decide(tx, unchanged(concerned), [], 'model switched');
}

function rescored(record: StoredRecord, isNew: boolean): Rescored {
  const after = { trusted: record.trusted, profile: profileOfRecord(record) };
  return { id: record.id, isNew, after, keys: matchKeysOf(record) };
}
