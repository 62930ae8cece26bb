import type { Amount } from '../shared/money.js';

/** What one source says of the customer. Instants are RFC 3339 text throughout. */
export interface RecordInput {
  readonly id: string;
  readonly source: { readonly code: string; readonly name: string; readonly department: string };
  /** The source may say who people are; another only claims. */
  readonly trusted: boolean;
  readonly traits: Readonly<Record<string, string | undefined>>;
  /** When each trait was last said. */
  readonly traitsAt: Readonly<Record<string, string | undefined>>;
  readonly loyaltyId: string | null;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
}

/** One thing that happened, in any channel. */
export interface TimelineEntry {
  readonly id: string;
  readonly at: string;
  /** As in `ingest/kinds.ts`, and `visit.…` from the stores. */
  readonly kind: string;
  readonly channel: string;
  readonly department: string;
  /** What belongs together in its source: a visit to the web site, a stay in the store. */
  readonly session: string | null;
  readonly params: Readonly<Record<string, unknown>>;
}

/** An option of a configuration. */
export interface OptionInput {
  readonly group: string;
  readonly code: string;
  readonly label: string;
}

/** A configuration as it stands. */
export interface ConfigurationInput {
  readonly id: string;
  readonly model: string;
  readonly modelLabel: string | null;
  readonly options: readonly OptionInput[];
  readonly abandoned: readonly OptionInput[];
  readonly total: Amount;
  readonly saved: boolean;
  readonly startedAt: string;
  readonly lastEditedAt: string;
  /** What she saw of it at the end of her last visit on an earlier day; null if she did not. */
  readonly seen: { readonly optionCodes: readonly string[]; readonly total: Amount; readonly at: string } | null;
}

/** An order. */
export interface PurchaseInput {
  readonly id: string;
  readonly label: string;
  readonly orderedAt: string;
  readonly total: Amount | null;
  readonly channel: string;
  readonly department: string;
  readonly state: string;
}

/** Something she has. */
export interface OwnedInput {
  readonly id: string;
  readonly label: string;
  readonly since: string | null;
  readonly until: string | null;
  readonly detail: string | null;
  readonly department: string;
}

/** Something a department has not settled yet. Its content stays with the department. */
export interface MatterInput {
  readonly id: string;
  readonly department: string;
  /** She complains; while it is open nobody sells her anything. */
  readonly complaint: boolean;
  readonly openedAt: string;
}

/** A stay in a store that is over. */
export interface PastVisitInput {
  readonly id: string;
  readonly storeId: string;
  readonly endedAt: string;
  /** Who served, by staff code. */
  readonly associate: string | null;
}

/** Everything known of one customer that a step may read; lists come newest first. */
export interface CustomerInput {
  readonly id: string;
  readonly createdAt: string;
  readonly records: readonly RecordInput[];
  readonly timeline: readonly TimelineEntry[];
  readonly configurations: readonly ConfigurationInput[];
  readonly purchases: readonly PurchaseInput[];
  readonly owned: readonly OwnedInput[];
  readonly matters: readonly MatterInput[];
  readonly visits: readonly PastVisitInput[];
}
