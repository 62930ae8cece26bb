import type { Client } from 'pg';
import { eventsPerBatch } from './load.js';
import type { Attempt, Kind, Ledger } from './ledger.js';
import type { Retailer } from './retailer.js';
import type { TabletClient } from './tablets.js';

/** What was found wrong, one line each; empty when everything holds. */
export type Faults = string[];

/** What a run found: acknowledged things that are not there, and everything else that does not hold. */
export interface Findings {
  readonly lost: Faults;
  readonly wrong: Faults;
}

/** What is acknowledged, and may be lost. */
const things = ['event', 'configuration', 'check-in'] as const;

/** How many of each kind were lost. */
export function lostByKind(lost: Faults): { readonly what: (typeof things)[number]; readonly count: number }[] {
  return things.map((what) => ({ what, count: lost.filter((line) => line.startsWith(`${what} `)).length }));
}

/** Compares what the senders were told with what the database holds. */
export async function verifyLedger(database: Client, ledger: Ledger, { shop }: Retailer): Promise<Findings> {
  const messages = await counts(
    database,
    'SELECT message_id AS key, count(*)::int AS n FROM message WHERE source_id = $1 GROUP BY 1',
    [shop.id],
  );
  const configurations = await counts(
    database,
    'SELECT session_id AS key, max(revision) * count(*)::int AS n, min(id::text) AS id FROM configuration WHERE source_id = $1 GROUP BY 1',
    [shop.id],
  );
  const visits = await counts(
    database,
    'SELECT called_name AS key, count(*)::int AS n, min(id::text) AS id FROM visit GROUP BY 1',
  );
  const events = ledger
    .acknowledged('events')
    .flatMap((attempt) =>
      Array.from({ length: eventsPerBatch }, (_, place) => ({ ...attempt, key: `${attempt.key}-${place}` })),
    );
  const configured = ledger.acknowledged('configuration');
  const checkedIn = ledger.acknowledged('check-in');
  return {
    lost: [
      ...lostOf('event', events, messages),
      ...lostOf('configuration', configured, configurations),
      ...lostOf('check-in', checkedIn, visits),
    ],
    wrong: [
      ...ledger.attempts.filter(({ refused }) => refused).map(({ key, refused }) => `${key} was refused: ${refused}`),
      ...onceEach('event', events, messages, false),
      ...onceEach('configuration', configured, configurations, true),
      ...onceEach('check-in', checkedIn, visits, true),
    ],
  };
}

/** Every attempt that was begun came to an end, and left its effect once, whether or not its first answer was lost. */
export function verifySettled(ledger: Ledger): Faults {
  return ledger.attempts
    .filter(({ acknowledgedAt, refused }) => acknowledgedAt === undefined && refused === undefined)
    .map(({ key, tries }) => `${key} was never settled in ${tries} tries`);
}

/** What followed from the events is there once too: each visitor has one activity an event. */
export async function verifyWork(database: Client, ledger: Ledger, { shop }: Retailer): Promise<Faults> {
  const activities = await counts(
    database,
    `SELECT r.source_key AS key, count(*)::int AS n FROM activity a JOIN record r ON r.id = a.record_id
     WHERE r.source_id = $1 GROUP BY 1`,
    [shop.id],
  );
  const byUser = new Map([...activities].map(([key, row]) => [key.replace(/^.*?(user-\d+)$/, '$1'), row.n]));
  return ledger
    .acknowledged('events')
    .filter(({ key }) => byUser.get(key) !== eventsPerBatch)
    .map(({ key }) => `${key}: ${byUser.get(key) ?? 0} activities of ${eventsPerBatch} events`);
}

/** Every tablet saw every acknowledged check-in of its store once, all arrivals in the feed's order, and no cursor twice. */
export async function verifyTablets(
  database: Client,
  ledger: Ledger,
  tablets: readonly TabletClient[],
): Promise<Faults> {
  const faults: Faults = [];
  for (const [index, tablet] of tablets.entries()) {
    const acknowledged = ledger.acknowledged('check-in').filter(({ storeId }) => storeId === tablet.storeId);
    const seen = tablet.seen.filter(({ kind }) => kind === 'ARRIVED').map(({ visitId }) => visitId);
    const times = (id: string | undefined): number => seen.filter((visitId) => visitId === id).length;
    for (const { key, answered } of acknowledged)
      if (times(answered) !== 1) faults.push(`tablet ${index} saw ${key} ${times(answered)} times`);
    const told = await arrivalsOf(database, tablet.storeId);
    if (seen.join() !== told.join())
      faults.push(`tablet ${index} saw ${seen.length} arrivals otherwise than the ${told.length} of the feed`);
    const cursors = new Set(tablet.seen.map(({ cursor }) => cursor));
    if (cursors.size !== tablet.seen.length) faults.push(`tablet ${index} was told of a cursor twice`);
  }
  return faults;
}

/** The visits that arrived in a store, in the order of its feed. */
export async function arrivalsOf(database: Client, storeId: string): Promise<string[]> {
  const { rows } = await database.query<{ visit_id: string }>(
    `SELECT visit_id FROM feed_entry WHERE store_id = $1 AND kind = 'ARRIVED' ORDER BY seq`,
    [storeId],
  );
  return rows.map((row) => row.visit_id);
}

interface Found {
  readonly key: string;
  readonly n: number;
  readonly id?: string;
}

async function counts(database: Client, sql: string, values: unknown[] = []): Promise<Map<string, Found>> {
  const { rows } = await database.query<Found>(sql, values);
  return new Map(rows.map((row) => [row.key, row]));
}

function lostOf(what: Kind | 'event', told: readonly Attempt[], found: Map<string, Found>): Faults {
  return told.filter(({ key }) => !found.has(key)).map(({ key }) => `${what} ${key} was acknowledged and is not there`);
}

function onceEach(what: Kind | 'event', told: readonly Attempt[], found: Map<string, Found>, named: boolean): Faults {
  return told.flatMap(({ key, answered }) => {
    const there = found.get(key);
    if (!there) return [];
    if (there.n !== 1) return [`${what} ${key} is there ${there.n} times`];
    const same = !named || answered === there.id;
    return same ? [] : [`${what} ${key} was answered as ${answered || 'nothing'} and is ${there.id}`];
  });
}
