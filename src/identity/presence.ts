import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/transactions.js';

/** Tells which of these customers are in a store now. */
export type PresenceLookup = (db: Pick<Tx, 'prepared'>, customerIds: readonly string[]) => Promise<ReadonlySet<string>>;

/** What is new of somebody who is in a store comes first; the room that keeps visits says who is. */
@Injectable()
export class Presence {
  private lookup: PresenceLookup = () => Promise.resolve(new Set());

  /** Fills in the one who knows. */
  knownBy(lookup: PresenceLookup): void {
    this.lookup = lookup;
  }

  /** Those of these customers who are in a store now. */
  async among(db: Pick<Tx, 'prepared'>, customerIds: readonly string[]): Promise<ReadonlySet<string>> {
    return customerIds.length === 0 ? new Set() : this.lookup(db, customerIds);
  }
}
