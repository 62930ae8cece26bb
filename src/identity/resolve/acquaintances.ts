import type { Tx } from '../../platform/database/transactions.js';
import type { Model } from '../evidence/model.js';
import type { KnownRecords } from '../known/known-records.js';
import type { MatchKey } from '../record/match-keys.js';
import type { Holders } from './key-holders.rules.js';
import { type ComparedRecords, holdersOf, profilesInParts } from './match-key.store.js';

/** Where it is asked whom records could meet, as everybody was before this transaction wrote. */
export interface Acquaintances {
  /** As `holdersOf` of the database. */
  holdersOf(keys: Iterable<MatchKey>, leaving?: ReadonlyMap<MatchKey, number>): Promise<Holders>;
  /** As `profilesInParts` of the database. */
  comparedInParts(ids: readonly string[]): Promise<ComparedRecords>[];
  /** Of these pairs those that are worth comparing, as far as that is known ahead; `own`: what is compared of the records that the transaction writes. */
  narrow(pairs: [string, string][], own: ComparedRecords, model: Model): [string, string][];
}

/** All that is stored. */
export function inDatabase(tx: Tx): Acquaintances {
  return {
    holdersOf: (keys, leaving) => holdersOf(tx, keys, leaving),
    comparedInParts: (ids) => profilesInParts(tx, ids),
    narrow: (pairs) => pairs,
  };
}

/** The same out of memory. */
export function inMemory(tx: Tx, known: KnownRecords): Acquaintances {
  return {
    holdersOf: (keys, leaving) => Promise.resolve(known.holdersOf(keys, leaving)),
    comparedInParts: (ids) => [
      Promise.resolve(known.compared(ids)),
      ...profilesInParts(
        tx,
        ids.filter((id) => !known.has(id)),
      ),
    ],
    narrow: (pairs, own, model) => known.narrow(pairs, own, model),
  };
}
