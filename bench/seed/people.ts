import { identifierKinds } from '../../src/identity/identifier-kinds.js';
import { model } from '../../src/identity/evidence/model.js';
import { compare, weigh } from '../../src/identity/evidence/score.rules.js';
import { observationOf } from '../../src/ingest/observation.rules.js';
import {
  absorb,
  blankRecord,
  normaliserVersion,
  profileOfRecord,
  type StoredRecord,
} from '../../src/identity/record/record.rules.js';
import { normalForms } from '../../src/identity/record/record.store.js';
import { matchKeysOf } from '../../src/identity/record/match-keys.js';
import { days } from '../../src/shared/clock.js';
import type { CopiedRow as Row } from '../copy.js';
import { idOf, pick, type Retailer } from './plan.js';

const syllables =
  'al be cor dan el fa gre hol im jor ken lu mar nev ol pra quin ros sil tor ul ven wes xan yor zel bran dro fen gar'.split(
    ' ',
  );

const tiers = ['silver', 'gold', 'platinum'];

type Observation = ReturnType<typeof observationOf>;

/** The two records of a customer as the rules make them of what was said: her login in the shop, her card at the till. */
export function recordsOf(n: number, retailer: Retailer): [StoredRecord, StoredRecord] {
  return [absorbed(idOf('shop', n), said(n, retailer, 'shop')), absorbed(idOf('till', n), said(n, retailer, 'till'))];
}

function said(n: number, { shop, till, stores, seededAt }: Retailer, by: 'shop' | 'till'): Observation {
  const { givenName, familyName } = nameOf(n);
  const traits = { givenName, familyName, email: emailOf(n) };
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
const emailOf = (n: number): string => {
  const { givenName, familyName } = nameOf(n);
  return `${givenName}.${familyName}${n}@mail.example`.toLowerCase();
};

/** Made-up names, some far more common than others, as names are. */
function nameOf(n: number): { givenName: string; familyName: string } {
  const skewed = (salt: number, below: number): number => Math.floor(below * (pick(n, salt, 100_000) / 100_000) ** 2);
  return {
    givenName: word(skewed(1, syllables.length ** 2), 2),
    familyName: word(skewed(2, syllables.length ** 3), 3),
  };
}

/** The word of a number, in so many syllables. */
function word(number: number, length: number): string {
  let rest = number;
  let made = '';
  for (let place = 0; place < length; place += 1) {
    made += syllables[rest % syllables.length];
    rest = Math.floor(rest / syllables.length);
  }
  return made.charAt(0).toUpperCase() + made.slice(1);
}

/** The columns of `record`, in the order of `recordRow`. */
export const recordColumns =
  'id, source_id, source_key, country, trusted, traits, normalised, normaliser, traits_at, first_seen_at, last_seen_at, match_keys';

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
    `{${matchKeysOf(record).join(',')}}`,
  ];
}

export const matchKeyColumns = 'hash, record_id';

/** The keys by which a record is found to be like others. */
export function matchKeyRows(record: StoredRecord): Row[] {
  return matchKeysOf(record).map((key) => [key, record.id]);
}

export const edgeColumns = 'lo, hi, kind, weight, effective, evidence, model';

/** What her two records have in common, scored as the resolution scores it. */
export function edgeRow([one, other]: readonly [StoredRecord, StoredRecord]): Row {
  const evidence = compare(profileOfRecord(one), profileOfRecord(other), model);
  return [one.id, other.id, 'scored', weigh(evidence, model), true, evidence, model.version];
}
