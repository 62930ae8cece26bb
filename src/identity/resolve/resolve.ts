import type { Tx } from '../../platform/database/transactions.js';
import type { IdentifierKinds } from '../identifier-kinds.js';
import { partition } from '../partition/partition.rules.js';
import { noteRefusals } from './edge.store.js';
import { customersOf } from './membership.query.js';
import {
  heldBy,
  lockCustomers,
  stampCustomers,
  writeAliases,
  writeChanges,
  writeMemberships,
} from './membership.store.js';
import { reassign, type Reassignment } from './reassign.rules.js';
import { type Changed, Region } from './region.js';

/** Components of more records than this are decided by a job of their own, never while somebody waits. */
export const mostTogether = 200;

/** How often a region that others change meanwhile is read anew before the transaction gives up. */
const mostReadings = 20;

/** What a resolution is made of: the open transaction, the kinds, the time, and why it happens (for the log). */
export interface Occasion {
  tx: Tx;
  kinds: IdentifierKinds;
  now: Date;
  cause: { why: string; records: string[] };
}

/** What came of it. */
export interface Resolved {
  /** The customer of each record that was decided. */
  customerOf: Map<string, string>;
  /** Customers that changed. */
  changed: string[];
  /** Records of a component that is too large: what they belong to is decided elsewhere. */
  deferred: string[];
  region: Region;
}

/**
 * Decides anew who is whose around what changed, and writes the difference. The caller holds the locks of the values
 * concerned; the customers are locked here, in the order of their ids, and read again when somebody was faster.
 */
export async function resolve(
  occasion: Occasion,
  changed: Changed,
  touched: ReadonlySet<string>,
  most = mostTogether,
): Promise<Resolved> {
  const { region, deferred } = await lockedRegion(occasion, changed, touched, most);
  const { clusters, refused } = partition(region.input());
  const difference = reassign(clusters, region.records);
  const customerOf = new Map(clusters.flatMap((ids) => ids.map((id) => [id, ids[0] as string] as const)));
  noteRefusals(occasion.tx, region.refusals(refused), region.crowded);
  await write(occasion, region, difference, touched, customerOf);
  const heads = new Set(customerOf.values());
  const concerned = [...difference.customers.keys(), ...[...touched].map((id) => customerOf.get(id))];
  const news = [...new Set(concerned)].filter((id) => id !== undefined).filter((id) => heads.has(id));
  return { customerOf, changed: news, deferred, region };
}

/** Gives records that nobody has decided on yet a customer of their own. */
export async function standAlone({ tx, now, cause }: Occasion, recordIds: readonly string[]): Promise<string[]> {
  const known = await customersOf(tx, recordIds);
  const fresh = recordIds.filter((id) => !known.has(id));
  if (fresh.length === 0) return [];
  await stampCustomers(tx, new Map(fresh.map((id) => [id, { changed: true, lost: false }])), now);
  await writeMemberships(
    tx,
    fresh.map((id) => ({ recordId: id, customerId: id })),
    now,
  );
  const formed = fresh.map((id) => ({ kind: 'formed' as const, customerId: id, before: { '': [id] }, after: [id] }));
  await writeChanges(tx, formed, cause, now);
  return fresh;
}

async function lockedRegion(
  { tx, kinds }: Occasion,
  changed: Changed,
  near: ReadonlySet<string>,
  most: number,
): Promise<{ region: Region; deferred: string[] }> {
  let decidable = changed;
  const deferred: string[] = [];
  for (let reading = 0; reading < mostReadings; reading++) {
    const held = heldBy(tx);
    const region = new Region(tx, kinds, most);
    const overgrown = await region.grow(decidable, near);
    if (overgrown) {
      const among = [...decidable.keys()].filter((id) => overgrown.has(id));
      const put = new Set(among.length > 0 ? among : decidable.keys());
      deferred.push(...put);
      decidable = new Map([...decidable].filter(([id]) => !put.has(id)));
      reading = -1;
      continue;
    }
    const seen = new Map<string, string | null>();
    for (const { customerId, stamp } of region.records) if (customerId !== null) seen.set(customerId, stamp);
    if ([...seen.keys()].every((id) => held.has(id))) return { region, deferred };
    const locked = await lockCustomers(tx, [...seen.keys()]);
    if ([...seen].every(([id, stamp]) => locked.get(id) === stamp)) return { region, deferred };
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
  // New records leave no old customer behind.
  const known = new Set(region.records.filter(({ customerId }) => customerId !== null).map(({ id }) => id));
  const moved = moves.filter(({ recordId }) => known.has(recordId));
  if (moved.length > 0) await writeAliases(tx, moved, now);
}
