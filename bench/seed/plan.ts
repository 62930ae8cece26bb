import { createHash } from 'node:crypto';

/** How much there is of everything, for one customer. */
export const perCustomer = { activities: 20, configurations: 2 } as const;
/** Stores, with five tablets each. */
export const stores = 20;
export const tabletsPerStore = 5;
/** Visits that are going on while the bench measures, one a customer. */
export const openVisits = 10_000;
/** Customers at which the bars are meant. */
export const fullSize = 200_000;

/** What every generated row hangs on: the retailer's sources and stores, and the moment the database was seeded. */
export interface Retailer {
  readonly shop: { readonly id: string; readonly code: string };
  readonly till: { readonly id: string; readonly code: string };
  readonly stores: readonly { readonly id: string; readonly code: string; readonly sourceId: string }[];
  readonly seededAt: number;
}

const tables = {
  shop: 1,
  till: 2,
  configuration: 3,
  activity: 4,
  purchase: 5,
  owned: 6,
  pastVisit: 7,
  visit: 8,
} as const;
/** What an id is of. */
export type Kind = keyof typeof tables;

const epoch = Date.UTC(2024, 0, 1);

/** The id of the n-th row of a kind: a UUIDv7 whose time rises with n, as if customers had come one by one. */
export function idOf(kind: Kind, n: number): string {
  const time = (epoch + n * 97).toString(16).padStart(12, '0');
  const rest = createHash('md5').update(`${kind} ${n}`).digest('hex');
  const tag = tables[kind].toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${tag}${rest.slice(0, 2)}-8${rest.slice(3, 6)}-${rest.slice(6, 18)}`;
}

/** A number from 0 to `below` that belongs to these two, as good as random. */
export function pick(n: number, salt: number, below: number): number {
  let mixed = Math.imul(n + 1, 0x9e3779b1) ^ Math.imul(salt + 7, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  mixed ^= mixed >>> 13;
  return (mixed >>> 0) % below;
}
