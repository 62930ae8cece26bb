import { Injectable } from '@nestjs/common';
import type { SourceView } from '../access/actor.js';
import type { Reads } from './configuration.query.js';

/** A stay in a store, as far as a configuration that is changed during it needs. */
export interface Stay {
  readonly visitId: string;
  readonly storeId: string;
  /** The source that stands for the store. */
  readonly source: SourceView;
  /** The visit's own record. */
  readonly recordId: string;
  /** Records whose configurations may be changed: those of the visit's customer, hers once she is confirmed. */
  readonly recordIds: readonly string[];
  /** The configuration she brought. */
  readonly configurationId: string | null;
}

/** Finds a stay that has not ended. */
export type StayLookup = (db: Reads, visitId: string) => Promise<Stay | undefined>;

/** Configurations are changed in stores, too; the room that keeps visits says during which. */
@Injectable()
export class Stays {
  private lookup: StayLookup = () => Promise.resolve(undefined);

  /** Fills in the one who knows. */
  knownBy(lookup: StayLookup): void {
    this.lookup = lookup;
  }

  /** A stay that has not ended; undefined when there is none. */
  find(db: Reads, visitId: string): Promise<Stay | undefined> {
    return this.lookup(db, visitId);
  }
}
