/** A department whose content stays with it: others hear only that something is open there. */
export type Keeper = 'service' | 'finance';

/** What one kind of source is: whose system it is, and what it may say of somebody. */
export interface SourceKind {
  readonly kind: string;
  /** One line for the manual. */
  readonly describe: string;
  /** The department whose records these are, unless the source says otherwise. */
  readonly department: string;
  /** Who keeps to itself what such a source tells, whatever the source or an event calls the department. */
  readonly keptBy?: Keeper;
  /** The channel in which its customers were met, unless the event names one. */
  readonly channel: string;
  /** Whether a source of this kind is declared trusted to identify unless the retailer decides otherwise. */
  readonly trusted: boolean;
  /** What its user ids are: logins, of which a person has one or two, or customer numbers of a file that keeps her several times. */
  readonly userIds: 'account' | 'crm';
  /** Kinds of identifiers that its server may assert; of others it only knows what somebody told it. */
  readonly asserts: readonly string[];
}

/** Declares a kind of source: the whole change that adds one. */
export function defineSource(kind: SourceKind): SourceKind {
  return Object.freeze(kind);
}
