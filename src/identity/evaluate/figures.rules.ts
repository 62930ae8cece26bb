import type { Truth } from './truth.rules.js';

/** How well records were put together, over all pairs of records and record by record. */
export interface Figures {
  precision: number;
  recall: number;
  f1: number;
  b3Precision: number;
  b3Recall: number;
  b3F1: number;
  /** Records of the customer who has most. */
  largestCluster: number;
  /** People mixed in the customer who mixes most. */
  mostPeopleInOneCustomer: number;
}

/** Compares who was made one customer with the truth; records without a truth, or not scored, only count in the largest. */
export function figuresOf(customerOf: ReadonlyMap<string, string>, truth: ReadonlyMap<string, Truth>): Figures {
  const customers = grouped(customerOf);
  const reachable = new Map<string, number>();
  for (const id of customerOf.keys()) {
    const one = truth.get(id);
    if (one?.scored) reachable.set(one.reachable, (reachable.get(one.reachable) ?? 0) + 1);
  }
  let [right, joined, found, scored, ownShare, foundShare, most] = [0, 0, 0, 0, 0, 0, 0];
  for (const ids of customers.values()) {
    const known = ids.map((id) => truth.get(id)).filter((one) => one?.scored === true) as Truth[];
    const people = counted(known.map((one) => one.person));
    const parts = counted(known.map((one) => one.reachable));
    joined += pairs(known.length);
    scored += known.length;
    most = Math.max(most, people.size);
    for (const count of people.values()) {
      right += pairs(count);
      ownShare += (count * count) / known.length;
    }
    for (const [part, count] of parts) {
      found += pairs(count);
      foundShare += (count * count) / (reachable.get(part) as number);
    }
  }
  const toFind = [...reachable.values()].reduce((sum, count) => sum + pairs(count), 0);
  const [precision, recall] = [share(right, joined), share(found, toFind)];
  const [b3Precision, b3Recall] = [share(ownShare, scored), share(foundShare, scored)];
  return {
    precision: rounded(precision),
    recall: rounded(recall),
    f1: rounded(harmonic(precision, recall)),
    b3Precision: rounded(b3Precision),
    b3Recall: rounded(b3Recall),
    b3F1: rounded(harmonic(b3Precision, b3Recall)),
    largestCluster: Math.max(0, ...[...customers.values()].map((ids) => ids.length)),
    mostPeopleInOneCustomer: most,
  };
}

/** The value below which this share of the sorted values lies. */
export function percentile(sorted: readonly number[], part: number): number {
  return rounded(sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0, 2);
}

/** The number with so many decimals. */
export function rounded(value: number, decimals = 4): number {
  return Number(value.toFixed(decimals));
}

function grouped(customerOf: ReadonlyMap<string, string>): Map<string, string[]> {
  const customers = new Map<string, string[]>();
  for (const [id, customer] of customerOf) {
    const ids = customers.get(customer);
    if (ids) ids.push(id);
    else customers.set(customer, [id]);
  }
  return customers;
}

function counted(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function pairs(count: number): number {
  return (count * (count - 1)) / 2;
}

/** Nothing to find is found, and nothing joined is not wrong. */
function share(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}

function harmonic(a: number, b: number): number {
  return a + b === 0 ? 0 : (2 * a * b) / (a + b);
}
