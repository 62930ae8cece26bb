import type { Evidence } from '../evidence/evidence.js';
import { levelTable, reweighed } from '../evidence/levels.rules.js';
import type { Model } from '../evidence/model.js';
import { weigh } from '../evidence/score.rules.js';

/** Fields whose levels are estimated; the others are rules of the house, not frequencies. */
export const estimated = ['given', 'family', 'birth', 'nationalId', 'mail', 'phone', 'street', 'area'] as const;

type Estimated = (typeof estimated)[number];

/** Bits below `automatic` at which one person and two are equally likely. */
const evenBelow = 3;

/** Pairs that what is shipped counts as: a small database hardly moves it. */
const prior = 200;

/** No weight moves further than this from what is shipped, in bits: own data correct the model, they do not replace it. */
const furthest = 3;

/** Estimated weights are whole 16ths of a bit. */
const grain = 16;

const mostRounds = 50;
const settled = 0.01;

/** What was sampled: pairs that share a blocking key, and pairs of any two records. */
export interface Sample {
  candidates: readonly (readonly Evidence[])[];
  strangers: readonly (readonly Evidence[])[];
}

/** An estimate: the weights, and how many of the candidates are likely of one person. */
export interface Estimate {
  model: Model;
  likelyMatches: number;
  rounds: number;
}

/**
 * Weights from the own data without labels (Fellegi and Sunter 1969; expectation-maximisation as in Winkler 1988): how
 * often strangers come to a level is counted among pairs of any two records; how often one person's records do is
 * estimated among pairs that share a blocking key, each counting by how likely it is of one person. What is shipped
 * takes part like so many pairs; signs are kept, caps and thresholds too.
 */
export function estimate(sample: Sample, shipped: Model, version: number): Estimate {
  const chance = levelShares(sample.strangers.map((evidence) => [evidence, 1]));
  let model: Model = { ...shipped, version };
  for (let round = 1; ; round++) {
    const shares = sample.candidates.map((evidence) => [evidence, likelihood(evidence, model)] as const);
    const next = maximise(levelShares(shares), chance, shipped, version);
    const moved = furthestMove(model, next);
    model = next;
    if (moved >= settled && round < mostRounds) continue;
    return { model, rounds: round, likelyMatches: Math.round(shares.reduce((sum, [, share]) => sum + share, 0)) };
  }
}

/** How likely two records are of one person, by their weight. */
function likelihood(evidence: readonly Evidence[], model: Model): number {
  return 1 / (1 + 2 ** -(weigh(reweighed(evidence, model), model) - (model.automatic - evenBelow)));
}

type Shares = Map<Estimated, { total: number; levels: Map<string, number> }>;

/** How often each level was come to, each pair counting by its share. */
function levelShares(pairs: readonly (readonly [readonly Evidence[], number])[]): Shares {
  const shares: Shares = new Map(estimated.map((field) => [field, { total: 0, levels: new Map<string, number>() }]));
  for (const [evidence, share] of pairs) {
    for (const { field, level } of evidence) {
      const entry = isEstimated(field) ? shares.get(field) : undefined;
      if (!entry) continue;
      entry.total += share;
      entry.levels.set(level, (entry.levels.get(level) ?? 0) + share);
    }
  }
  return shares;
}

function maximise(ours: Shares, chance: Shares, shipped: Model, version: number): Model {
  const model: Model = { ...shipped, version };
  for (const field of estimated) {
    const known = shipped[field] as Record<string, number>;
    const levels = Object.keys(known);
    const [mine, strangers] = [ours.get(field), chance.get(field)];
    if (!mine || !strangers) continue;
    // Add-one-half, so that a level that no strangers came to is rare and not impossible.
    const u = (level: string): number =>
      ((strangers.levels.get(level) ?? 0) + 0.5) / (strangers.total + levels.length / 2);
    const expected = levels.map((level) => u(level) * 2 ** (known[level] ?? 0));
    const whole = expected.reduce((sum, one) => sum + one, 0);
    const weights = levels.map((level, index) => {
      const before = known[level] ?? 0;
      const m = ((mine.levels.get(level) ?? 0) + (prior * (expected[index] ?? 0)) / whole) / (mine.total + prior);
      return [level, bounded(Math.log2(m / u(level)), before)] as const;
    });
    Object.assign(model, { [field]: Object.fromEntries(weights) });
  }
  return model;
}

/** What speaks for one person never speaks against, and the other way round. */
function bounded(weight: number, before: number): number {
  const near = Math.min(before + furthest, Math.max(before - furthest, weight));
  const kept = before > 0 ? Math.max(0, near) : Math.min(0, near);
  return Math.round(kept * grain) / grain;
}

function furthestMove(a: Model, b: Model): number {
  const before = new Map(levelTable(a).map((row) => [`${row.field} ${row.level} ${row.under}`, row.weight]));
  return Math.max(
    ...levelTable(b).map((row) => Math.abs(row.weight - (before.get(`${row.field} ${row.level} ${row.under}`) ?? 0))),
  );
}

function isEstimated(field: string): field is Estimated {
  return (estimated as readonly string[]).includes(field);
}
