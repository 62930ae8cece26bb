import type { Tx } from '../../platform/database/transactions.js';
import { type Model, model as shipped } from '../evidence/model.js';
import { estimated } from './estimate.rules.js';
import { modelWith, type Weights } from './own-model.rules.js';

/** Own versions count from here, so that no shipped one is ever called the same. */
const firstOwn = 1001;

interface Row {
  version: number;
  weights: Weights;
}

/** Versions are never changed, so what was once read holds. */
const known = new Map<number, Model>();

/** The model that scores now: an own version that was switched to, or the shipped one. */
export async function activeModel(tx: Pick<Tx, 'prepared'>): Promise<Model> {
  const [active] = await tx.prepared<{ version: number }>(
    'identity-active-model',
    'SELECT version FROM scoring_model WHERE active',
    [],
  );
  if (!active || active.version === shipped.version) return shipped;
  const read = known.get(active.version);
  if (read) return read;
  const [row] = await tx.prepared<Row>(
    'identity-model',
    'SELECT version, weights FROM scoring_model WHERE version = $1',
    [active.version],
  );
  const model = row ? modelOf(row) : shipped;
  known.set(active.version, model);
  return model;
}

/** A version by its number; undefined when there is none. */
export async function modelOfVersion(tx: Pick<Tx, 'query'>, version: number): Promise<Model | undefined> {
  if (version === shipped.version) return shipped;
  const [row] = await tx.query<Row>('SELECT version, weights FROM scoring_model WHERE version = $1', [version]);
  return row && modelOf(row);
}

/** The number that the next own version gets. */
export async function nextVersion(tx: Pick<Tx, 'query'>): Promise<number> {
  const [row] = await tx.query<{ last: number | null }>('SELECT max(version) AS last FROM scoring_model');
  return Math.max(firstOwn, (row?.last ?? 0) + 1);
}

/** Keeps an estimated version; it does not score before it is switched to. */
export async function keepModel(tx: Pick<Tx, 'query'>, model: Model, pairs: number, now: Date): Promise<void> {
  const weights = Object.fromEntries(estimated.map((field) => [field, model[field]]));
  await tx.query('INSERT INTO scoring_model (version, weights, pairs, estimated_at) VALUES ($1, $2, $3, $4)', [
    model.version,
    JSON.stringify(weights),
    pairs,
    now,
  ]);
}

/** From this transaction's commit on this version scores whatever is compared. */
export async function activate(tx: Pick<Tx, 'query'>, version: number, now: Date): Promise<void> {
  await tx.query('UPDATE scoring_model SET active = false WHERE active');
  await tx.query('UPDATE scoring_model SET active = true, switched_at = $2 WHERE version = $1', [version, now]);
}

function modelOf({ version, weights }: Row): Model {
  return modelWith(weights, version);
}
