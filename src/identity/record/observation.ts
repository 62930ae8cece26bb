/** What a source says of a person, as far as other rooms read it; values as they came. */
export interface Traits {
  name?: string;
  givenName?: string;
  middleName?: string;
  familyName?: string;
  birthDate?: string;
  email?: string;
  phone?: string;
  language?: string;
  street?: string;
  locality?: string;
  postalCode?: string;
  region?: string;
  country?: string;
  loyaltyTier?: string;
  homeStore?: string;
  ownAssociate?: string;
  gender?: string;
  nationalId?: string;
}

/** A value by which somebody may be found again. */
export interface ObservedIdentifier {
  kind: string;
  value: string;
  /** Said by somebody who may say it (law 7); a claim otherwise. */
  asserted: boolean;
  /** The naming space of a scoped kind; the source's own unless said otherwise. */
  scope?: string;
}

/** What one source says of somebody at one moment. `sourceKey` is the source's name for the person. */
export interface Observation {
  source: { id: string; code: string; trusted: boolean; country: string };
  sourceKey: string;
  identifiers: readonly ObservedIdentifier[];
  traits: Traits;
  /** Whether the traits are asserted; as the source is trusted, unless said otherwise. An asserted trait outlives any claim. */
  asserted?: boolean;
  occurredAt: Date;
}

/** Where an observation ended up; `created`: its record is new; `doubtful`: pairs of its record that are likely one person since then. */
export interface Observed {
  recordId: string;
  customerId: string;
  created: boolean;
  doubtful: readonly { lo: string; hi: string }[];
}
