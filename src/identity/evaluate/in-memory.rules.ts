import { blockingKeys, isWeakKind, meetingWeight } from '../evidence/blocking.rules.js';
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
  const holders = new Map<string, { kind: string; ids: string[] }>();
  for (const record of records) {
    for (const { kind, text } of blockingKeys(profileOfRecord(record))) {
      const key = `${kind} ${text}`;
      const held = holders.get(key);
      if (held) held.ids.push(record.id);
      else holders.set(key, { kind, ids: [record.id] });
    }
  }
  const meetings = new Map<string, { lo: string; hi: string; weight: number }>();
  for (const { kind, ids } of holders.values()) {
    const weight = meetingWeight(isWeakKind(kind), ids.length);
    if (weight === 0) continue;
    const sorted = [...ids].sort();
    for (const [index, lo] of sorted.entries()) {
      for (const hi of sorted.slice(index + 1)) {
        const met = meetings.get(`${lo} ${hi}`);
        if (met) met.weight += weight;
        else meetings.set(`${lo} ${hi}`, { lo, hi, weight });
      }
    }
  }
  const pairs = [...meetings.values()].filter(({ weight }) => weight >= 1);
  const edges = pairs.flatMap(({ lo, hi }) => {
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
