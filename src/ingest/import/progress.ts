/** What became of the rows of a file so far. */
export interface Counts {
  readonly rows: number;
  /** Rows of a person whom the source had not named before. */
  readonly new: number;
  /** Rows that said something new of somebody known. */
  readonly changed: number;
  /** Rows that said nothing new. */
  readonly unchanged: number;
  /** New ones who were recognised as somebody known. */
  readonly joined: number;
  /** Pairs that wait for a human judgement. */
  readonly review: number;
  /** Rows in quarantine. */
  readonly rejected: number;
  readonly orders: number;
  readonly contacts: number;
  /** Rejected rows by reason. */
  readonly reasons: Readonly<Record<string, number>>;
}

/** Nothing yet. */
export const noCounts: Counts = {
  rows: 0,
  new: 0,
  changed: 0,
  unchanged: 0,
  joined: 0,
  review: 0,
  rejected: 0,
  orders: 0,
  contacts: 0,
  reasons: {},
};

/** Both together. */
export function plus(a: Counts, b: Counts): Counts {
  const reasons: Record<string, number> = { ...a.reasons };
  for (const [reason, count] of Object.entries(b.reasons)) reasons[reason] = (reasons[reason] ?? 0) + count;
  return {
    rows: a.rows + b.rows,
    new: a.new + b.new,
    changed: a.changed + b.changed,
    unchanged: a.unchanged + b.unchanged,
    joined: a.joined + b.joined,
    review: a.review + b.review,
    rejected: a.rejected + b.rejected,
    orders: a.orders + b.orders,
    contacts: a.contacts + b.contacts,
    reasons,
  };
}

/** How far an import is. */
export interface Progress {
  readonly counts: Counts;
  /** Rows that were in before it continued. */
  readonly skipped: number;
  readonly bytesRead: number;
  readonly size: number;
}
