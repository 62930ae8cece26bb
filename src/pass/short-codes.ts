import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/transactions.js';

/** Reads: one statement, in a transaction or outside of one. */
export type Reads = Pick<Tx, 'query' | 'prepared'>;

/** What a short code opens. */
export interface OpenedByCode {
  readonly configurationId: string;
  readonly recordId: string;
}

/** Finds what a short code opens. */
export type CodeLookup = (db: Reads, code: string) => Promise<OpenedByCode | undefined>;

/** Short codes are judged at the door with everything else; the room that makes them says what they open. */
@Injectable()
export class ShortCodes {
  private lookup: CodeLookup = () => Promise.resolve(undefined);

  /** Fills in the one who knows. */
  knownBy(lookup: CodeLookup): void {
    this.lookup = lookup;
  }

  /** What a code opens; undefined when it is nobody's. */
  find(db: Reads, code: string): Promise<OpenedByCode | undefined> {
    return this.lookup(db, code);
  }
}
