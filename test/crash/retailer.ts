import pg from 'pg';
import { issueToken } from '../../src/access/enrolment/access-tokens.js';
import { addSource, addSourceKey } from '../../src/access/enrolment/sources.js';
import { addStore } from '../../src/access/enrolment/stores.js';
import { addTablet } from '../../src/access/enrolment/tablets.js';
import { after, days, SystemClock } from '../../src/shared/clock.js';

/** A store with its tablets' tokens. */
export interface Store {
  readonly id: string;
  readonly tablets: readonly string[];
}

/** What the load speaks with. */
export interface Retailer {
  readonly stores: readonly Store[];
  readonly shop: { readonly id: string; readonly key: string };
}

/** Enrols three stores with two tablets each, and a web shop whose server asserts. */
export async function openRetailer(databaseUrl: string): Promise<Retailer> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const sql = {
    query: async <Row extends object>(text: string, values: readonly unknown[] = []) =>
      (await client.query<Row>(text, [...values])).rows,
  };
  const now = new SystemClock().now();
  const end = after(now, days(1));
  try {
    const stores: Store[] = [];
    for (const code of ['north', 'south', 'east']) {
      const store = { code, name: code, timeZone: 'Europe/Berlin', currency: 'EUR', country: 'DE', language: 'en' };
      const { id } = await addStore(sql, { ...store, promiseMinutes: 5, closesAt: '23:59' }, now);
      const tablets: string[] = [];
      for (const name of ['door', 'hall']) {
        const { id: tablet } = await addTablet(sql, { store: code, name }, now);
        tablets.push((await issueToken(sql, { tablet }, end, now)).token);
      }
      stores.push({ id, tablets });
    }
    const shop = { code: 'shop', name: 'Shop', kind: 'web-shop', department: 'online', country: 'DE', trusted: false };
    const { id } = await addSource(sql, shop, now);
    const { key } = await addSourceKey(sql, id, { kind: 'SERVER' }, now);
    return { stores, shop: { id, key } };
  } finally {
    await client.end();
  }
}
