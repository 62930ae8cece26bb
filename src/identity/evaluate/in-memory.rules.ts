import { blockingKeys, overFullKey } from '../evidence/blocking.rules.js';
import type { Model } from '../evidence/model.js';
import { compare } from '../evidence/score.rules.js';
import { identifierKinds as kinds } from '../identifier-kinds.js';
import { withoutLookAlikes } from '../partition/look-alikes.rules.js';
import { partition } from '../partition/partition.rules.js';
import { absorb, blankRecord, liveRecord, profileOfRecord } from '../record/record.rules.js';
import { observationOf, type SaidRecord } from './said-record.rules.js';

/** The customer of each record by its source id, as a model would have it, without a database. */
export function assign(
  said: readonly SaidRecord[],
  model: Model,
  { country, now }: { country: string; now: Date },
): Map<string, string> {
  const records = said.map((one) => {
    const at = { sourceId: one.source, deviceScope: '', country: one['country'] ?? country, now };
    const observation = observationOf(one, at);
    return absorb(blankRecord(one.source_id, observation), observation, kinds);
  });
  const byId = new Map(records.map((record) => [record.id, record]));
  const holders = new Map<string, string[]>();
  for (const record of records) {
    for (const { kind, text } of blockingKeys(profileOfRecord(record))) {
      const key = `${kind} ${text}`;
      const ids = holders.get(key);
      if (ids) ids.push(record.id);
      else holders.set(key, [record.id]);
    }
  }
  const pairs = new Map<string, { lo: string; hi: string }>();
  for (const ids of holders.values()) {
    if (ids.length > overFullKey) continue;
    const sorted = [...ids].sort();
    for (const [index, lo] of sorted.entries())
      for (const hi of sorted.slice(index + 1)) pairs.set(`${lo} ${hi}`, { lo, hi });
  }
  const edges = [...pairs.values()].flatMap(({ lo, hi }) => {
    const [one, other] = [byId.get(lo), byId.get(hi)];
    return one && other ? [{ lo, hi, evidence: compare(profileOfRecord(one), profileOfRecord(other), model) }] : [];
  });
  const { clusters } = partition({
    records: records.map(liveRecord),
    edges: withoutLookAlikes(edges, model),
    judgements: [],
    blocked: new Set(),
    kinds,
    model,
  });
  return new Map(clusters.flatMap((ids) => ids.map((id) => [id, ids[0] as string] as const)));
}
