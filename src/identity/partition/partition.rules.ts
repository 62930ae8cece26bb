import type { Evidence } from '../evidence/evidence.js';
import type { Model } from '../evidence/model.js';
import { weigh, type Worth } from '../evidence/score.rules.js';
import type { IdentifierKind } from '../identifier.js';
import type { IdentifierKinds } from '../identifier-kinds.js';
import { Clusters, type Guards, type Refusal, unguarded } from './clusters.js';
import { attachDevices } from './device.rules.js';
import { type LiveJudgement, type LiveRecord, type ScoredEdge, valueId } from './live-record.js';
import { byRank, groupByFirstName, type ValueState, valueState } from './value-state.rules.js';

/** All that decides who is one customer. `blocked`: values (`valueId`) of places and staff. */
export interface PartitionInput {
  records: readonly LiveRecord[];
  edges: readonly ScoredEdge[];
  judgements: readonly LiveJudgement[];
  blocked: ReadonlySet<string>;
  kinds: IdentifierKinds;
  model: Model;
}

/** Records that one value, or one scored pair, would join; records sorted by rank. */
export interface Link {
  weight: number;
  /** The value (`valueId`) or nothing, and the rank of the first record (of both, for a pair); breaks ties. */
  by: string;
  guards: Guards;
  records: readonly string[];
  /** The scored pair that it is, if it is one. */
  pair?: { lo: string; hi: string };
}

/** A scored pair that is alike enough to be one customer and is two, and what keeps it so. */
export interface RefusedPair {
  lo: string;
  hi: string;
  by: Refusal;
}

/** Who is one customer: clusters of record ids, each sorted, in the order of their lowest record. */
export interface Partition {
  clusters: string[][];
  states: Map<string, ValueState>;
  refused: RefusedPair[];
}

/**
 * The partition of these records into customers. It depends on the set alone, never on the order in which its parts
 * became known: human judgements first, then links from the firmest to the weakest, ties by name; a join that a
 * judgement forbids, or that would give one person too many values or two first names, is left out. Devices come
 * last and only carry records of nobody in particular to somebody.
 */
export function partition(input: PartitionInput): Partition {
  const records = [...input.records].sort(byRank);
  const live = new Set(records.map((record) => record.id));
  const judged = latestJudgements(input.judgements, live);
  const different = judged.filter((one) => one.verdict === 'different').map((one) => [one.lo, one.hi] as const);
  const clusters = new Clusters(records, different, input.kinds);
  for (const { lo, hi, verdict } of judged) if (verdict === 'same') clusters.join(lo, hi, unguarded);
  const { links, states, weakened } = linksOf(records, input);
  const refused = links.flatMap((link) => lay(link, clusters) ?? []);
  attachDevices(records, clusters, input);
  const apart = [...refused, ...weakened].filter(({ lo, hi }) => !clusters.areTogether(lo, hi));
  return { clusters: clusters.all(), states, refused: apart };
}

/** The judgements that count, the newest first: of several on one pair only the last that says anything. */
export function latestJudgements(judgements: readonly LiveJudgement[], live: ReadonlySet<string>): LiveJudgement[] {
  const newestFirst = [...judgements].sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
  const seen = new Set<string>();
  return newestFirst.filter(({ lo, hi, verdict }) => {
    const pair = `${lo} ${hi}`;
    if (verdict === 'unsure' || seen.has(pair) || !live.has(lo) || !live.has(hi)) return false;
    seen.add(pair);
    return true;
  });
}

/** All links among the records, the firmest first, what each shared value is worth, and the pairs that it leaves likely only. */
export function linksOf(
  records: readonly LiveRecord[],
  input: Pick<PartitionInput, 'edges' | 'blocked' | 'kinds' | 'model'>,
): { links: Link[]; states: Map<string, ValueState>; weakened: RefusedPair[] } {
  const links: Link[] = [];
  const weakened: RefusedPair[] = [];
  const states = new Map<string, ValueState>();
  for (const [value, { kind, holders }] of holdersByValue(records, input.kinds)) {
    const description = input.kinds.get(kind);
    if (!description) continue;
    const state = input.blocked.has(value) ? 'generic' : valueState(holders, description, input.kinds);
    states.set(value, state);
    if (description.class === 'device') continue;
    const groups = state === 'personal' ? [holders] : state === 'shared' ? groupByFirstName(holders) : [];
    // A shared value speaks less firmly than one that is a person's own.
    const weight = state === 'personal' ? description.weight : description.weight / 2;
    for (const group of groups) {
      if (group.length < 2) continue;
      const by = `${value} ${(group[0] as LiveRecord).rank}`;
      links.push({ weight, by, guards: guardsOf(description), records: group.map((one) => one.id) });
    }
  }
  const byId = new Map(records.map((record) => [record.id, record]));
  for (const { lo, hi, evidence } of input.edges) {
    const pair = [byId.get(lo), byId.get(hi)];
    const weight = weigh(evidence, input.model, worthTo(pair, states, input.blocked));
    if (weight < input.model.automatic) {
      if (isWeakened(evidence, weight, input.model)) weakened.push({ lo, hi, by: 'worth' });
      continue;
    }
    const by = [pair[0]?.rank ?? lo, pair[1]?.rank ?? hi].sort().join(' ');
    links.push({ weight, by, guards: guardsOfPair(evidence), records: [lo, hi], pair: { lo, hi } });
  }
  return { links: links.sort(firmestFirst), states, weakened };
}

/** A pair that would be certain, were its values its own, and is likely still: a question for a person. */
function isWeakened(evidence: readonly Evidence[], weight: number, model: Model): boolean {
  return weight >= model.possible && weigh(evidence, model) >= model.automatic;
}

/** Which records hold each asserted value, in the order of the records. */
export function holdersByValue(
  records: readonly LiveRecord[],
  kinds: IdentifierKinds,
): Map<string, { kind: string; holders: LiveRecord[] }> {
  const values = new Map<string, { kind: string; holders: LiveRecord[] }>();
  for (const record of records) {
    for (const held of record.identifiers) {
      if (!held.asserted || !kinds.has(held.kind)) continue;
      const value = valueId(held.kind, held.key);
      const entry = values.get(value);
      if (entry) entry.holders.push(record);
      else values.set(value, { kind: held.kind, holders: [record] });
    }
  }
  return values;
}

/**
 * What a value counts in the score of a pair: nothing when it is generic, half when it is shared. What neither of the two
 * asserts is a claim on both sides and joins nobody; so what a value is follows from its asserted holders alone.
 */
export function worthTo(
  pair: readonly (LiveRecord | undefined)[],
  states: ReadonlyMap<string, ValueState>,
  blocked: ReadonlySet<string>,
): Worth {
  return (value) => {
    if (blocked.has(value) || !pair.some((record) => record && asserts(record, value))) return 0;
    const state = states.get(value);
    return state === 'generic' ? 0 : state === 'shared' ? 0.5 : 1;
  };
}

function asserts(record: LiveRecord, value: string): boolean {
  return record.identifiers.some((held) => held.asserted && valueId(held.kind, held.key) === value);
}

/** A contact may pass to somebody else of the same first name; a card or a login does not. */
function guardsOf(kind: IdentifierKind): Guards {
  return { values: 'many', names: 'whole', births: kind.class !== 'personal' };
}

/** What the pair itself has compared and outweighed is not held against it again. */
function guardsOfPair(evidence: readonly Evidence[]): Guards {
  const given = evidence.find((one) => one.field === 'given')?.level;
  // An initial fits everybody of a family who begins with it, so what the others are called still counts.
  const isOpen = given === undefined || given === 'initial';
  const births = !evidence.some((one) => one.field === 'birth');
  return { values: 'own', names: isOpen && 'first', births };
}

function firmestFirst(a: Link, b: Link): number {
  if (a.weight !== b.weight) return b.weight - a.weight;
  return a.by < b.by ? -1 : a.by > b.by ? 1 : 0;
}

/**
 * Each record joins the first of its predecessors that will have it.
 * @returns a scored pair that a guard did not let become one.
 */
function lay(link: Link, clusters: Clusters): RefusedPair | undefined {
  for (let i = 1; i < link.records.length; i++) {
    for (let j = 0; j < i; j++)
      if (clusters.join(link.records[j] as string, link.records[i] as string, link.guards)) break;
  }
  const by = link.pair && clusters.refusal(link.pair.lo, link.pair.hi, link.guards);
  return link.pair && by ? { ...link.pair, by } : undefined;
}
