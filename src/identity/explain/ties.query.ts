import type { Tx } from '../../platform/database/transactions.js';
import { model } from '../evidence/model.js';
import { weigh } from '../evidence/score.rules.js';
import { identifierKinds } from '../identifier-kinds.js';
import { crowdedDevice } from '../partition/device.rules.js';
import { type LiveRecord, valueId } from '../partition/live-record.js';
import { holdersByValue, latestJudgements, linksOf, worthTo } from '../partition/partition.rules.js';
import { groupByFirstName, overFull, type ValueState } from '../partition/value-state.rules.js';
import { reach } from '../resolve/reach.query.js';
import type { Reason, Tie } from './ties.rules.js';

/** All that holds the records of a customer together, from what is stored; nothing is compared anew. */
export async function tiesOf(tx: Tx, recordId: string): Promise<Tie[]> {
  const fellows = await reach(tx, [recordId], [], 1);
  const ids = new Set(fellows.map((record) => record.id));
  const values = new Map(
    fellows.flatMap((record) =>
      record.identifiers.map(({ kind, key }) => [valueId(kind, key), { kind, key }] as const),
    ),
  );
  const all = await reach(tx, [...ids], [...values.values()], overFull + 1);
  const mine = all.filter((record) => ids.has(record.id));
  const blocked = new Set(all.flatMap((record) => record.blocked));
  const crowded = new Set(mine.filter((record) => record.isCrowded).map((record) => record.id));
  const edges = mine
    .flatMap((record) => record.edges)
    .filter(({ lo, hi }) => ids.has(lo) && ids.has(hi) && !crowded.has(lo) && !crowded.has(hi));
  const { states } = linksOf(all, { edges: [], blocked, kinds: identifierKinds, model });
  const byId = new Map(mine.map((record) => [record.id, record]));
  const ties: Tie[] = edges.map(({ lo, hi, evidence }) => {
    const worth = worthTo([byId.get(lo), byId.get(hi)], states, blocked);
    return { a: lo, b: hi, weight: weigh(evidence, model, worth), reason: { kind: 'evidence', evidence, worth } };
  });
  const judgements = latestJudgements(
    mine.flatMap((record) => record.judgements),
    ids,
  );
  for (const { id, lo, hi, verdict } of judgements)
    if (verdict === 'same') ties.push({ a: lo, b: hi, weight: Infinity, reason: { kind: 'judged', judgementId: id } });
  ties.push(...tiesByValue(all, ids, values, states, blocked));
  return ties.filter((tie) => tie.reason.kind !== 'evidence' || tie.weight >= model.automatic);
}

/**
 * Each holder of a value among `ids` is tied to the first of them; of a shared one, to the first of her own first name. Names
 * are grouped among all who hold it, as the partition does: one who is not among these may show that two spellings are one name.
 */
function tiesByValue(
  records: readonly LiveRecord[],
  ids: ReadonlySet<string>,
  values: ReadonlyMap<string, { kind: string; key: string }>,
  states: ReadonlyMap<string, ValueState>,
  blocked: ReadonlySet<string>,
): Tie[] {
  const ties: Tie[] = [];
  for (const [name, { kind, holders }] of holdersByValue(records, identifierKinds)) {
    const [description, value, state] = [identifierKinds.get(kind), values.get(name), states.get(name)];
    if (!description || !value || blocked.has(name)) continue;
    const isDevice = description.class === 'device';
    if (isDevice ? holders.length > crowdedDevice : state === 'generic') continue;
    const isShared = !isDevice && state === 'shared';
    const weight = isShared ? description.weight / 2 : description.weight;
    const reason: Reason = isDevice ? { kind: 'device' } : { kind: 'proof', value, isShared };
    const groups = isShared ? groupByFirstName(holders) : [holders];
    for (const [first, ...others] of groups.map((group) => group.filter(({ id }) => ids.has(id))))
      for (const other of others) ties.push({ a: (first as LiveRecord).id, b: other.id, weight, reason });
  }
  return ties;
}
