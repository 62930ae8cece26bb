/** A customer that would change: her id (or the ids of those who would become one), and the records in their new parts. */
export interface Example {
  customers: string[];
  records: string[][];
}

/** What another partition would change. */
export interface Difference {
  /** Customers who would become one with another. */
  merged: number;
  /** Customers who would fall into several. */
  split: number;
  mergedExamples: Example[];
  splitExamples: Example[];
}

/** Examples shown of each kind. */
const shown = 5;

/** Compares clusters of records with the customers they are of now. */
export function differenceOf(
  clusters: readonly (readonly string[])[],
  customerOf: ReadonlyMap<string, string>,
): Difference {
  const merged: Example[] = [];
  const split = new Map<string, string[][]>();
  let joined = 0;
  for (const records of clusters) {
    const customers = [...new Set(records.map((id) => customerOf.get(id) ?? id))].sort();
    if (customers.length > 1) {
      joined += customers.length;
      merged.push({ customers, records: [[...records]] });
    }
    for (const customer of customers) {
      const mine = records.filter((id) => (customerOf.get(id) ?? id) === customer);
      split.set(customer, [...(split.get(customer) ?? []), mine]);
    }
  }
  const fallen = [...split].filter(([, parts]) => parts.length > 1);
  return {
    merged: joined,
    split: fallen.length,
    mergedExamples: merged.slice(0, shown),
    splitExamples: fallen.slice(0, shown).map(([customer, records]) => ({ customers: [customer], records })),
  };
}
