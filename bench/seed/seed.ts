import type { Client } from 'pg';
import { addSource } from '../../src/access/enrolment/sources.js';
import { addStore } from '../../src/access/enrolment/stores.js';
import { addTablet } from '../../src/access/enrolment/tablets.js';
import { monthsFrom } from '../../src/platform/database/partition.rules.js';
import * as belongings from './belongings.js';
import { copy, type CopiedRow as Row } from '../copy.js';
import { edgeColumns, edgeRow, matchKeyColumns, matchKeyRows, recordColumns, recordRow, recordsOf } from './people.js';
import { idOf, stores, tabletsPerStore, type Retailer } from './plan.js';

/** What a seed tells of its progress. */
export type Tell = (line: string) => void;

const sqlOf = (client: Client) => ({
  query: async <R extends object>(text: string, values: readonly unknown[] = []) =>
    (await client.query<R>(text, [...values])).rows,
});

/** Fills a migrated, empty database by COPY; facts are left to the real job. */
export async function seed(client: Client, customers: number, now: Date, tell: Tell): Promise<Retailer> {
  const retailer = await openRetailer(client, now);
  await makeMonths(client, now);
  const timed = async (table: string, columns: string, rows: Iterable<Row>): Promise<void> => {
    const start = performance.now();
    await copy(client, table, columns, rows);
    tell(`${table} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  };
  await timed('record', recordColumns, records(customers, retailer));
  const identified = 'record_id, kind, key, value, asserted, first_seen_at, last_seen_at';
  await timed('identifier', identified, identifiers(customers, retailer));
  await timed('match_key', matchKeyColumns, matchKeys(customers, retailer));
  await timed('edge', edgeColumns, edges(customers, retailer));
  await timed('customer', 'id, created_at', customerRows(customers, now));
  await timed('membership', 'record_id, customer_id, since', memberships(customers, now));
  await timed('configuration', belongings.configurationColumns, belongings.configurations(customers, retailer));
  await timed('activity', belongings.activityColumns, belongings.activities(customers, retailer));
  await timed('purchase', belongings.purchaseColumns, belongings.purchases(customers, retailer));
  await timed('owned_product', belongings.ownedColumns, belongings.owned(customers, retailer));
  await timed('consent', belongings.consentColumns, belongings.consents(customers, retailer));
  await timed('visit', belongings.pastVisitColumns, belongings.pastVisits(customers, retailer));
  await timed('visit_seen', belongings.seenColumns, belongings.seen(customers, retailer));
  await client.query('ANALYZE');
  return retailer;
}

async function openRetailer(client: Client, now: Date): Promise<Retailer> {
  const sql = sqlOf(client);
  const opened: { id: string; code: string; sourceId: string }[] = [];
  for (let number = 1; number <= stores; number += 1) {
    const code = `store-${number}`;
    const place = { timeZone: 'Europe/Berlin', currency: 'EUR', country: 'DE', language: 'en', closesAt: '23:59' };
    const { id, sourceId } = await addStore(sql, { code, name: `Store ${number}`, promiseMinutes: 5, ...place }, now);
    for (let tablet = 1; tablet <= tabletsPerStore; tablet += 1)
      await addTablet(sql, { store: code, name: `${tablet}` }, now);
    opened.push({ id, code, sourceId });
  }
  const at = { country: 'DE', trusted: true };
  const shop = { ...at, code: 'shop', name: 'Web shop', kind: 'web-shop', department: 'online' };
  const till = { ...at, code: 'till', name: 'Till', kind: 'point-of-sale', department: 'sales' };
  return {
    shop: { id: (await addSource(sql, shop, now)).id, code: 'shop' },
    till: { id: (await addSource(sql, till, now)).id, code: 'till' },
    stores: opened,
    seededAt: now.getTime(),
  };
}

/** The months behind us have partitions too, as they would have after a year of operation. */
async function makeMonths(client: Client, now: Date): Promise<void> {
  const yearAgo = new Date(Date.UTC(now.getUTCFullYear() - 1, now.getUTCMonth() + 1, 1));
  for (const { suffix, from, to } of monthsFrom(yearAgo, 14)) {
    await client.query(
      `CREATE TABLE "activity_${suffix}" PARTITION OF "activity" FOR VALUES FROM ('${from}') TO ('${to}')`,
    );
  }
}

function* records(customers: number, retailer: Retailer): Generator<Row> {
  for (let n = 0; n < customers; n += 1) for (const record of recordsOf(n, retailer)) yield recordRow(record);
}

function* matchKeys(customers: number, retailer: Retailer): Generator<Row> {
  for (let n = 0; n < customers; n += 1)
    for (const record of recordsOf(n, retailer)) for (const row of matchKeyRows(record)) yield row;
}

function* edges(customers: number, retailer: Retailer): Generator<Row> {
  for (let n = 0; n < customers; n += 1) yield edgeRow(recordsOf(n, retailer));
}

function* identifiers(customers: number, retailer: Retailer): Generator<Row> {
  for (let n = 0; n < customers; n += 1) {
    for (const { id, identifiers: held } of recordsOf(n, retailer)) {
      for (const { kind, key, value, asserted, from, to } of held)
        yield [id, kind, key, value, asserted, new Date(from), new Date(to)];
    }
  }
}

function* customerRows(customers: number, now: Date): Generator<Row> {
  for (let n = 0; n < customers; n += 1) yield [idOf('shop', n), now];
}

function* memberships(customers: number, now: Date): Generator<Row> {
  for (let n = 0; n < customers; n += 1) {
    yield [idOf('shop', n), idOf('shop', n), now];
    yield [idOf('till', n), idOf('shop', n), now];
  }
}
