/** One month of a table that is partitioned by time; `to` is exclusive. */
export interface Month {
  readonly suffix: string;
  readonly from: string;
  readonly to: string;
}

/** The month of an instant (UTC) and as many of the following ones. */
export function monthsFrom(now: Date, following: number): Month[] {
  return Array.from({ length: following + 1 }, (_, ahead) => {
    const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 1));
    const to = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead + 1, 1));
    return { suffix: from.toISOString().slice(0, 7).replace('-', '_'), from: from.toISOString(), to: to.toISOString() };
  });
}
