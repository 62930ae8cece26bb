import type { Client } from 'pg';
import { issueToken } from '../src/access/enrolment/access-tokens.js';
import { listTablets } from '../src/access/enrolment/tablets.js';
import { addSourceKey } from '../src/access/enrolment/sources.js';
import { freshPassCode, passHash } from '../src/pass/pass-code.js';
import { after, days, hours, SystemClock } from '../src/shared/clock.js';
import { newId } from '../src/shared/ids.js';
import { dayIn } from '../src/visit/store-day.rules.js';
import type { BenchDatabase } from './database.js';
import { connect } from './place.js';
import { copy } from './copy.js';
import { idOf, openVisits } from './seed/plan.js';

/** What one run of the bench speaks with; made anew for every run. */
export interface Cast {
  /** Tokens of all tablets, with their stores. */
  readonly tablets: readonly { readonly storeId: string; readonly token: string }[];
  /** Visits that are going on, with a token that may read each. */
  readonly visits: readonly { readonly id: string; readonly token: string }[];
  /** The shop's server key. */
  readonly shopKey: string;
}

/** Sweeps away what earlier runs left, lets the visitors of today in, and gives out tokens and a key. */
export async function setTheStage(database: BenchDatabase): Promise<Cast> {
  const client = await connect(database.url);
  try {
    await sweep(client, database);
    const tablets = await tokens(client);
    await letIn(client, database);
    const ofStore = new Map(tablets.map(({ storeId, token }) => [storeId, token]));
    const { stores, shop } = database.retailer;
    const count = Math.min(openVisits, database.customers);
    const visits = Array.from({ length: count }, (_, n) => ({
      id: idOf('visit', n),
      token: ofStore.get(stores[n % stores.length]?.id ?? '') ?? '',
    }));
    const { key } = await addSourceKey(sqlOf(client), shop.id, { kind: 'SERVER' }, new SystemClock().now());
    return { tablets, visits, shopKey: key };
  } finally {
    await client.end();
  }
}

/** Passes that were just shown by customers who are not in a store yet, by store. */
export async function issuePasses(
  { url, retailer, customers }: BenchDatabase,
  count: number,
): Promise<{ storeId: string; code: string }[]> {
  const client = await connect(url);
  const now = new SystemClock().now();
  const issued = Array.from({ length: count }, (_, place) => {
    const n = (openVisits + place) % customers;
    return { id: newId(), n, code: freshPassCode(), storeId: retailer.stores[n % retailer.stores.length]?.id ?? '' };
  });
  try {
    await copy(
      client,
      'pass',
      'id, kind, record_id, configuration_id, hash, strength, issued_at, expires_at',
      issued.map(({ id, n, code }) => {
        const hash = `\\x${passHash(code).toString('hex')}`;
        return [id, 'PASS', idOf('shop', n), idOf('configuration', n * 2), hash, 'VERIFIED', now, after(now, hours(2))];
      }),
    );
  } finally {
    await client.end();
  }
  return issued.map(({ code, storeId }) => ({ code, storeId }));
}

const sqlOf = (client: Client) => ({
  query: async <R extends object>(text: string, values: readonly unknown[] = []) =>
    (await client.query<R>(text, [...values])).rows,
});

/** Back to what the seed made, so that every run measures the same database. */
async function sweep(client: Client, { retailer }: BenchDatabase): Promise<void> {
  const logs = ['message', 'message_key', 'outbox', 'audit', 'idempotency_key', 'quarantine', 'dead_letter'];
  const door = ['pass', 'redemption', 'visit_candidate', 'feed_entry', 'store_feed', 'attempt', 'access_token'];
  await client.query(`TRUNCATE ${[...logs, ...door].join(', ')} CASCADE`);
  const ofStores = `(SELECT id FROM source WHERE store_id IS NOT NULL)`;
  const records = `(SELECT id FROM record WHERE source_id IN ${ofStores})`;
  await client.query(`DELETE FROM judgement`);
  await client.query(`DELETE FROM identifier WHERE record_id IN ${records}`);
  await client.query(`DELETE FROM membership WHERE record_id IN ${records}`);
  await client.query(`DELETE FROM record WHERE source_id IN ${ofStores}`);
  await client.query(`DELETE FROM visit_seen USING visit WHERE visit.id = visit_id AND visit.state <> 'COMPLETED'`);
  await client.query(`DELETE FROM visit WHERE state <> 'COMPLETED'`);
  await client.query(`DELETE FROM activity WHERE occurred_at > $1`, [new Date(retailer.seededAt)]);
  await client.query(`DELETE FROM source_key`);
  await client.query('VACUUM (ANALYZE) visit, record, membership, judgement, identifier');
}

async function tokens(client: Client): Promise<{ storeId: string; token: string }[]> {
  const sql = sqlOf(client);
  const now = new SystemClock().now();
  const { rows } = await client.query<{ id: string; code: string }>('SELECT id, code FROM store');
  const idOfStore = new Map(rows.map(({ id, code }) => [code, id]));
  const issued: { storeId: string; token: string }[] = [];
  for (const { id, store } of await listTablets(sql, now)) {
    const { token } = await issueToken(sql, { tablet: id }, after(now, days(1)), now);
    issued.push({ storeId: idOfStore.get(store) ?? '', token });
  }
  return issued;
}

/** One open visit for each of the first customers, confirmed by a verified pass, on a record of its own. */
async function letIn(client: Client, { retailer, customers }: BenchDatabase): Promise<void> {
  const now = new SystemClock().now();
  const count = Math.min(openVisits, customers);
  const day = dayIn('Europe/Berlin', now);
  const matched = [{ identifier: 'pass', strength: 'VERIFIED' }];
  const numbers = Array.from({ length: count }, (_, n) => n);
  const own = numbers.map(() => newId());
  const storeOf = (n: number) => retailer.stores[n % retailer.stores.length];
  await copy(
    client,
    'record',
    'id, source_id, source_key, country, trusted, first_seen_at, last_seen_at',
    numbers.map((n) => [own[n] ?? '', storeOf(n)?.sourceId ?? '', idOf('visit', n), 'DE', false, now, now]),
  );
  await copy(
    client,
    'membership',
    'record_id, customer_id, since',
    numbers.map((n) => [own[n] ?? '', idOf('shop', n), now]),
  );
  await copy(
    client,
    'judgement',
    'id, lo, hi, verdict, by_kind, visit_id, why, at',
    numbers.map((n) => [
      newId(),
      idOf('shop', n),
      own[n] ?? '',
      'same',
      'PASS',
      idOf('visit', n),
      'verified pass',
      now,
    ]),
  );
  await copy(
    client,
    'visit',
    'id, store_id, record_id, recognised_record_id, configuration_id, state, recognition, strength, matched_by, called_name, day, arrived_at',
    numbers.map((n) => {
      const recognised = [idOf('shop', n), idOf('configuration', n * 2), 'WAITING', 'CONFIRMED', 'VERIFIED', matched];
      return [idOf('visit', n), storeOf(n)?.id ?? '', own[n] ?? '', ...recognised, 'Grey coat', day, now];
    }),
  );
  await client.query('ANALYZE visit, record, membership, judgement');
}
