import type { Facts, StepName } from '../enrichment/step.js';
import type { Evidence } from '../identity/evidence/evidence.js';
import type { Written } from '../visit/mask.rules.js';
import type { RecognitionStatus, VisitPurpose, VisitState } from '../visit/visit.words.js';
import type { ConfigurationRow } from './configuration.row.js';

/** One step's fact: name, state, whether it is of the customer's present version, when it was computed (ms), what it found. */
export type FactRow = {
  [Name in StepName]: readonly [Name, 'READY' | 'FAILED', boolean, number, Facts[Name] | null];
}[StepName];

/** What she allowed or forbade: purpose, channel, granted, since when (ms). */
export type ConsentRow = readonly [purpose: string, channel: string, granted: boolean, at: number];

/** A customer whom she may be as well: the pair in doubt, what speaks for it, and what the other is called. */
export interface AlikeRow extends Written {
  readonly lo: string;
  readonly hi: string;
  readonly evidence: readonly Evidence[];
  /** Which guard holds the pair apart; null where it is only likely. */
  readonly refused: string | null;
  readonly department: string;
}

/** Somebody of her household who is in the store. */
export interface TogetherRow {
  readonly visitId: string;
  readonly name: string | null;
  readonly evidence: readonly Evidence[];
  readonly consents: readonly ConsentRow[] | null;
}

/** Everything a briefing may be made of, of one visit and one moment; nothing is left out yet. */
export interface ContextRow {
  readonly visitId: string;
  readonly version: number;
  readonly state: VisitState;
  readonly status: RecognitionStatus;
  readonly purpose: VisitPurpose | null;
  readonly storeId: string;
  readonly timeZone: string;
  /** The visit's own record. */
  readonly recordId: string;
  readonly recognisedRecordId: string | null;
  readonly configurationId: string | null;
  readonly calledName: string | null;
  /** Whom the recognised record belongs to, else the visit's own. */
  readonly customerId: string | null;
  readonly homeStore: StoreRow | null;
  readonly ownAssociate: { readonly id: string; readonly displayName: string } | null;
  readonly facts: readonly FactRow[] | null;
  readonly consents: readonly ConsentRow[] | null;
  /** Of a confirmed visitor only, the likeliest first. */
  readonly alike: readonly AlikeRow[] | null;
  /** Of a confirmed visitor only. */
  readonly together: readonly TogetherRow[] | null;
  /** The presented one first, then the newest. */
  readonly configurations: readonly ConfigurationRow[] | null;
}

/** A store as far as it is shown. */
export interface StoreRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly promiseMinutes: number | null;
}
