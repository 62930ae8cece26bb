import type { Tx } from '../../platform/database/transactions.js';
import type { IdentifierKinds } from '../identifier-kinds.js';
import { partition } from '../partition/partition.rules.js';
import { lockCustomers, stampCustomers, writeAliases, writeChanges, writeMemberships } from './membership.store.js';
import { reassign, type Reassignment } from './reassign.rules.js';
import { type Changed, Region } from './region.js';

/** How often a region that others change meanwhile is read anew before the transaction gives up. */
const mostReadings = 20;

/** What a resolution is made of: the open transaction, the kinds, the time, and why it happens (for the log). */
export interface Occasion {
  tx: Tx;
  kinds: IdentifierKinds;
  now: Date;
  cause: { why: string; records: string[] };
}

/** What came of it: the customer of each record of the region, and the customers that changed. */
export interface Resolved {
  customerOf: Map<string, string>;
  changed: string[];
}

/**
 * Decides anew who is whose around what changed, and writes the difference. The caller holds the locks of the values
 * concerned; the customers are locked here, in the order of their ids, and read again when somebody was faster.
 */
export async function resolve(occasion: Occasion, changed: Changed, touched: ReadonlySet<string>): Promise<Resolved> {
  const region = await lockedRegion(occasion, changed);
  const { clusters } = partition(region.input());
  const difference = reassign(clusters, region.records);
  const customerOf = new Map(clusters.flatMap((ids) => ids.map((id) => [id, ids[0] as string] as const)));
  await write(occasion, region, difference, touched, customerOf);
  const heads = new Set(customerOf.values());
  const news = [...difference.customers.keys(), ...[...touched].map((id) => customerOf.get(id))];
  return { customerOf, changed: [...new Set(news)].filter((id) => id !== undefined).filter((id) => heads.has(id)) };
}

async function lockedRegion({ tx, kinds }: Occasion, changed: Changed): Promise<Region> {
  for (let reading = 0; reading < mostReadings; reading++) {
    const region = new Region(tx, kinds);
    await region.grow(changed);
    const seen = new Map<string, string | null>();
    for (const { customerId, stamp } of region.records) if (customerId !== null) seen.set(customerId, stamp);
    if (seen.size === 0) return region;
    const locked = await lockCustomers(tx, [...seen.keys()]);
    if ([...seen].every(([id, stamp]) => locked.get(id) === stamp)) return region;
  }
  throw new Error('The customers around this record keep changing; send it again.');
}

async function write(
  { tx, now, cause }: Occasion,
  region: Region,
  difference: Reassignment,
  touched: ReadonlySet<string>,
  customerOf: Map<string, string>,
): Promise<void> {
  const stamps = new Map<string, { changed: boolean; lost: boolean }>();
  for (const { customerId } of region.records)
    if (customerId !== null) stamps.set(customerId, { changed: false, lost: false });
  for (const [id, { lost }] of difference.customers) stamps.set(id, { changed: true, lost });
  for (const id of touched) {
    const customerId = customerOf.get(id);
    if (customerId !== undefined)
      stamps.set(customerId, { lost: stamps.get(customerId)?.lost ?? false, changed: true });
  }
  if (stamps.size > 0) await stampCustomers(tx, stamps, now);
  const { moves, changes } = difference;
  if (moves.length === 0) return;
  await writeMemberships(tx, moves, now);
  await writeChanges(tx, changes, cause, now);
  // New records alone leave no old customer behind.
  if (changes.some((change) => change.kind !== 'formed')) await writeAliases(tx, moves, now);
}
