import type { Tx } from '../platform/database/transactions.js';
import { blockingKeys, meetingWeight } from './evidence/blocking.rules.js';
import type { Evidence } from './evidence/evidence.js';
import { type Profile, profileOf } from './evidence/profile.rules.js';
import { compare, weigh } from './evidence/score.rules.js';
import { keysOf, type Reads, type Sought } from './find.query.js';
import { identifierKinds } from './identifier-kinds.js';
import { isWeakKey, matchKey } from './record/match-keys.js';
import type { Traits } from './record/observation.js';
import { holdersOf } from './resolve/match-key.store.js';
import { activeModel } from './retrain/model.store.js';

/** Somebody as she describes herself: name, birth date, and how she is reached. */
export interface Described {
  readonly traits: Traits;
  readonly identifiers: readonly Sought[];
  /** ISO 3166 alpha-2; how dates and numbers are read. */
  readonly country: string;
  readonly now: Date;
}

/** A customer who is like the description, by the record of hers that is most so. */
export interface Alike {
  recordId: string;
  customerId: string;
  evidence: Evidence[];
}

/** Records that are compared at most, those with which the description shares most keys first. */
const mostCompared = 100;

/** Records whose word counts, and none that a visit has made of somebody who said the same before. */
const sql = `
  SELECT r.id, m.customer_id, r.normalised AS profile
  FROM record r JOIN membership m ON m.record_id = r.id JOIN source s ON s.id = r.source_id
  WHERE r.id = ANY($1::uuid[]) AND r.trusted AND s.kind <> 'store'`;

/** Customers whom the machine would ask about, or join, if the description were a record; the likeliest first. */
export async function findAlike(
  db: Reads & Pick<Tx, 'prepared'>,
  { traits, identifiers, country, now }: Described,
): Promise<Alike[]> {
  const held = await keysOf(db, identifiers, identifierKinds);
  const profile = profileOf({ traits, country, identifiers: held, year: now.getUTCFullYear() });
  const ids = await metBy(db, profile);
  if (ids.length === 0) return [];
  const model = await activeModel(db);
  const rows = await db.prepared<{ id: string; customer_id: string; profile: Profile }>('identity-alike', sql, [ids]);
  const scored = rows
    .map((row) => ({ ...row, evidence: compare(profile, row.profile, model) }))
    .map((row) => ({ ...row, weight: weigh(row.evidence, model) }))
    .filter(({ weight }) => weight >= model.possible)
    .sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1));
  const best = new Map<string, Alike>();
  for (const { id, customer_id: customerId, evidence } of scored)
    if (!best.has(customerId)) best.set(customerId, { recordId: id, customerId, evidence });
  return [...best.values()];
}

/** The records with which it shares enough keys to be compared, those first with which it shares most. */
async function metBy(db: Pick<Tx, 'prepared'>, profile: Profile): Promise<string[]> {
  const keys = new Set(blockingKeys(profile).map(matchKey));
  const holders = await holdersOf(db, keys);
  const met = new Map<string, number>();
  for (const key of keys) {
    const held = holders.get(key);
    // One more than there are: the description counts as a record would.
    const weight = held ? meetingWeight(isWeakKey(key), held.count + 1) : 0;
    if (held && weight > 0) for (const id of held.ids) met.set(id, (met.get(id) ?? 0) + weight);
  }
  return [...met]
    .filter(([, weight]) => weight >= 1)
    .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
    .slice(0, mostCompared)
    .map(([id]) => id);
}
