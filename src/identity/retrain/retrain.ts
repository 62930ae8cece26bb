import type { Transactions, Tx } from '../../platform/database/transactions.js';
import { figuresOf, type Figures } from '../evaluate/figures.rules.js';
import { assign } from '../evaluate/in-memory.rules.js';
import type { SaidRecord } from '../evaluate/said-record.rules.js';
import type { Truth } from '../evaluate/truth.rules.js';
import { levelTable, weightOf } from '../evidence/levels.rules.js';
import { type Model, model as shipped } from '../evidence/model.js';
import { compare, weigh } from '../evidence/score.rules.js';
import type { IdentityService } from '../identity.service.js';
import { profilesOf } from '../resolve/match-key.store.js';
import { estimate } from './estimate.rules.js';
import { activate, activeModel, keepModel, modelOfVersion, nextVersion } from './model.store.js';
import { preview, type Preview } from './preview.query.js';
import { readSample } from './sample.query.js';

/** How a new version is made, and whether it is to score. */
export interface Training {
  readonly pairs: number;
  readonly seed: number;
  readonly switch?: boolean;
  /** Estimate nothing; switch to this version. */
  readonly to?: number;
  readonly country: string;
  readonly labelled?:
    { readonly records: readonly SaidRecord[]; readonly truth: ReadonlyMap<string, Truth> } | undefined;
  readonly now: Date;
}

/** Human words, and how many of them a model would have said itself. */
export interface Agreement {
  judgements: number;
  current: number;
  proposed: number;
}

/** What came of it. */
export interface Retrained {
  version: number;
  current: number;
  switched: boolean;
  sample: { candidates: number; strangers: number; likelyMatches: number } | null;
  weights: { field: string; level: string; from: number; to: number }[];
  truth: { current: Figures; proposed: Figures } | null;
  judgements: Agreement;
  changes: Preview;
}

/** Records compared anew in one transaction. */
const chunk = 100;

/** Fewer pairs than this tell nothing. */
const fewestPairs = 100;

/** Estimates a version or takes a kept one, shows what it would change, and switches to it when told to. */
export async function retrain(
  identity: IdentityService,
  transactions: Transactions,
  training: Training,
): Promise<Retrained> {
  const { told, model } = await transactions.run((tx) => propose(tx, training));
  if (!training.switch && training.to === undefined) return told;
  await transactions.run((tx) => activate(tx, model.version, training.now));
  let last = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const ids = await transactions.run(async (tx) => {
      const rows = await tx.query<{ id: string }>('SELECT id FROM record WHERE id > $1 ORDER BY id LIMIT $2', [
        last,
        chunk,
      ]);
      if (rows.length > 0)
        await identity.compareAnew(
          tx,
          rows.map(({ id }) => id),
        );
      return rows.map(({ id }) => id);
    });
    if (ids.length === 0) return { ...told, switched: true };
    last = ids.at(-1) as string;
  }
}

async function propose(tx: Tx, training: Training): Promise<{ told: Retrained; model: Model }> {
  const current = await activeModel(tx);
  const { model, sample } = training.to === undefined ? await estimated(tx, training) : await kept(tx, training.to);
  const figures = (one: Model): Figures | undefined =>
    training.labelled && figuresOf(assign(training.labelled.records, one, training), training.labelled.truth);
  const [before, after] = [figures(current), figures(model)];
  const told: Retrained = {
    version: model.version,
    current: current.version,
    switched: false,
    sample,
    weights: levelTable(model).flatMap(({ field, level, under, weight: to }) => {
      const from = weightOf(current, field, level, under);
      return under === '' && from !== to ? [{ field, level, from, to }] : [];
    }),
    truth: before && after ? { current: before, proposed: after } : null,
    judgements: await agreement(tx, current, model),
    changes: await preview(tx, model),
  };
  return { told, model };
}

async function estimated(
  tx: Tx,
  { pairs, seed, now }: Training,
): Promise<{ model: Model; sample: Retrained['sample'] }> {
  const sample = await readSample(tx, { pairs, seed, model: shipped });
  if (sample.candidates.length < fewestPairs) {
    throw new Error(
      `Only ${sample.candidates.length} pairs of records can be compared: ${fewestPairs} are needed to estimate anything.`,
    );
  }
  const { model, likelyMatches } = estimate(sample, shipped, await nextVersion(tx));
  await keepModel(tx, model, sample.candidates.length, now);
  const [candidates, strangers] = [sample.candidates.length, sample.strangers.length];
  return { model, sample: { candidates, strangers, likelyMatches } };
}

async function kept(tx: Tx, version: number): Promise<{ model: Model; sample: null }> {
  const model = await modelOfVersion(tx, version);
  if (!model)
    throw new Error(`There is no version ${version}: the shipped one is ${shipped.version}, own ones count from 1001.`);
  return { model, sample: null };
}

async function agreement(tx: Tx, current: Model, proposed: Model): Promise<Agreement> {
  const judged = await tx.query<{ lo: string; hi: string; verdict: string }>(
    `SELECT DISTINCT ON (lo, hi) lo, hi, verdict FROM judgement
     WHERE revoked_at IS NULL AND verdict <> 'unsure' ORDER BY lo, hi, at DESC LIMIT 10000`,
  );
  const profiles = await profilesOf(tx, [...new Set(judged.flatMap(({ lo, hi }) => [lo, hi]))]);
  const agreed = (model: Model): number =>
    judged.filter(({ lo, hi, verdict }) => {
      const [one, other] = [profiles.get(lo)?.profile, profiles.get(hi)?.profile];
      if (!one || !other) return false;
      return weigh(compare(one, other, model), model) >= model.automatic === (verdict === 'same');
    }).length;
  return { judgements: judged.length, current: agreed(current), proposed: agreed(proposed) };
}
