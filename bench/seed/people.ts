import { identifierKinds } from '../../src/identity/identifier-kinds.js';
import { observationOf } from '../../src/ingest/observation.rules.js';
import { absorb, blankRecord, normaliserVersion, type StoredRecord } from '../../src/identity/record/record.rules.js';
import { normalForms } from '../../src/identity/record/record.store.js';
import { days } from '../../src/shared/clock.js';
import type { Row } from './copy.js';
import { idOf, pick, type Retailer } from './plan.js';

const given = ['Alma', 'Bero', 'Cleo', 'Dorit', 'Enno', 'Fenja', 'Gero', 'Hedda', 'Ilvy', 'Joris', 'Kaja', 'Levin'];
const family = ['Ahrenau', 'Birkholt', 'Corvinus', 'Dornbach', 'Elmhorst', 'Fahrenkrug', 'Grauwald', 'Hollerbek'];
const tiers = ['silver', 'gold', 'platinum'];

type Observation = ReturnType<typeof observationOf>;

/** The two records of a customer as the rules make them of what was said: her login in the shop, her card at the till. */
export function recordsOf(n: number, retailer: Retailer): [StoredRecord, StoredRecord] {
  return [absorbed(idOf('shop', n), said(n, retailer, 'shop')), absorbed(idOf('till', n), said(n, retailer, 'till'))];
}

function said(n: number, { shop, till, stores, seededAt }: Retailer, by: 'shop' | 'till'): Observation {
  const familyName = `${family[pick(n, 2, family.length)]}-${(n % 5000).toString(36)}`;
  const traits = { givenName: given[pick(n, 1, given.length)] ?? '', familyName, email: emailOf(n) };
  const source = by === 'shop' ? shop : till;
  const known = [
    { kind: 'email', value: emailOf(n), asserted: true },
    { kind: 'loyalty', value: loyaltyOf(n), asserted: true },
  ];
  return {
    source: { ...source, trusted: true, country: 'DE' },
    sourceKey: `user:${by === 'shop' ? userOf(n) : `C${n}`}`,
    identifiers: by === 'shop' ? [{ kind: 'account', value: userOf(n), asserted: true }, ...known] : known,
    traits:
      by === 'shop'
        ? { ...traits, language: 'en' }
        : { ...traits, loyaltyTier: tiers[pick(n, 3, 3)] ?? '', homeStore: stores[n % stores.length]?.code ?? '' },
    occurredAt: new Date(seededAt - days(by === 'shop' ? 400 : 300)),
  };
}

function absorbed(id: string, observation: Observation): StoredRecord {
  return absorb(blankRecord(id, observation), observation, identifierKinds);
}

/** Her user id in the shop. */
export const userOf = (n: number): string => `u${n}`;
/** Her loyalty number. */
export const loyaltyOf = (n: number): string => `FB${(100_000_000 + n).toString()}`;
const emailOf = (n: number): string => `customer${n}@mail.example`;

/** The columns of `record`, in the order of `recordRow`. */
export const recordColumns =
  'id, source_id, source_key, country, trusted, traits, normalised, normaliser, traits_at, first_seen_at, last_seen_at';

/** A record as its table holds it. */
export function recordRow(record: StoredRecord): Row {
  const { id, sourceId, sourceKey, country, trusted, traits, traitsAt, firstSeen, lastSeen } = record;
  const forms = normalForms(record);
  return [
    id,
    sourceId,
    sourceKey,
    country,
    trusted,
    traits,
    forms,
    normaliserVersion,
    traitsAt,
    new Date(firstSeen),
    new Date(lastSeen),
  ];
}
