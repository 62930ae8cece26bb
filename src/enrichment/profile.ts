/** A value with where it comes from. */
export interface Sourced {
  readonly value: string;
  /** The source's name, as people call it. */
  readonly source: string;
  readonly department: string;
  readonly asOf: string;
}

/** Who she is, each value the best that any source has said; absent where nobody has said it. */
export interface Profile {
  readonly displayName?: Sourced;
  readonly givenName?: Sourced;
  readonly language?: Sourced;
  readonly loyaltyId?: Sourced;
  readonly loyaltyTier?: Sourced;
  /** RFC 3339: since when she is a customer. */
  readonly since?: Sourced;
  /** A store's code. */
  readonly homeStore?: Sourced;
  /** A staff code: whom a source names, or who has usually served her. */
  readonly ownAssociate?: Sourced;
}
