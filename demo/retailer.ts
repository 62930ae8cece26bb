import { issueToken } from '../src/access/enrolment/access-tokens.js';
import { addSource, addSourceKey, listSources } from '../src/access/enrolment/sources.js';
import { addStaff, listStaff } from '../src/access/enrolment/staff-members.js';
import type { Sql } from '../src/access/enrolment/sql.js';
import { addStore, listStores } from '../src/access/enrolment/stores.js';
import { addTablet, type ListedTablet, listTablets } from '../src/access/enrolment/tablets.js';
import type { Role } from '../src/access/role.js';
import { after, days } from '../src/shared/clock.js';

/** What the story needs of the retailer: ids, and tokens that were made for this run. */
export interface DemoRetailer {
  readonly stores: { readonly north: DemoStore; readonly south: DemoStore };
  readonly keys: Record<'shop' | 'till' | 'service' | 'finance', string>;
  readonly shopBrowserKey: string;
  readonly staff: Record<'mika' | 'noor' | 'robin', string>;
}

interface DemoStore {
  readonly id: string;
  readonly tabletToken: string;
  readonly tabletId: string;
}

const stores = { north: 'Northgate', south: 'Southquay' };
const sources = {
  shop: { kind: 'web-shop', department: 'online', trusted: false },
  till: { kind: 'point-of-sale', department: 'sales', trusted: true },
  service: { kind: 'service', department: 'service', trusted: true },
  finance: { kind: 'finance', department: 'finance', trusted: true },
};
const people: Record<'mika' | 'noor' | 'robin', { name: string; role: Role }> = {
  mika: { name: 'Mika', role: 'ASSOCIATE' },
  noor: { name: 'Noor', role: 'ASSOCIATE' },
  robin: { name: 'Robin', role: 'STORE_MANAGER' },
};

/** Opens the demo retailer, or finds the one an earlier run has opened; tokens and keys are new each time. */
export async function openRetailer(sql: Sql, origin: string, now: Date): Promise<DemoRetailer> {
  const end = after(now, days(2));
  const north = await openStore(sql, 'north', now, end);
  const south = await openStore(sql, 'south', now, end);
  const known = await listSources(sql, now);
  const keys = {} as Record<keyof typeof sources, string>;
  let shopBrowserKey = '';
  for (const code of Object.keys(sources) as (keyof typeof sources)[]) {
    const found = known.find((source) => source.code === code);
    const { id } =
      found ?? (await addSource(sql, { code, name: `Demo ${code}`, country: 'DE', ...sources[code] }, now));
    keys[code] = (await addSourceKey(sql, id, { kind: 'SERVER', expiresAt: end }, now)).key;
    if (code === 'shop') {
      shopBrowserKey = (
        await addSourceKey(
          sql,
          id,
          { kind: 'BROWSER', origins: [origin, origin.replace('127.0.0.1', 'localhost')], expiresAt: end },
          now,
        )
      ).key;
    }
  }
  const hired = await listStaff(sql);
  const staff = {} as DemoRetailer['staff'];
  for (const code of Object.keys(people) as (keyof typeof people)[]) {
    const { name, role } = people[code];
    if (!hired.some((one) => one.code === code)) {
      await addStaff(sql, { code, displayName: name, role, stores: Object.keys(stores), language: 'en' }, now);
    }
    staff[code] = (await issueToken(sql, { staff: code }, end, now)).token;
  }
  return { stores: { north, south }, keys, shopBrowserKey, staff };
}

async function openStore(sql: Sql, code: keyof typeof stores, now: Date, end: Date): Promise<DemoStore> {
  const found = (await listStores(sql)).find((store) => store.code === code);
  const place = {
    timeZone: 'Europe/Berlin',
    currency: 'EUR',
    country: 'DE',
    language: 'en',
    promiseMinutes: 5,
    closesAt: '20:00',
  };
  const { id } = found ?? (await addStore(sql, { code, name: stores[code], ...place }, now));
  // One that a newcomer has enrolled shows people to whoever gives a PIN on it, and to no token.
  const isOurs = (one: ListedTablet): boolean => one.store === code && one.revokedAt === null && !one.enrolled;
  const tablet = (await listTablets(sql, now)).find(isOurs);
  const { id: tabletId } = tablet ?? (await addTablet(sql, { store: code, name: `${stores[code]} door` }, now));
  return { id, tabletId, tabletToken: (await issueToken(sql, { tablet: tabletId }, end, now)).token };
}

/** A token as Mika has it with a shift open on the tablet of the store in the north. */
export async function openShift(sql: Sql, { stores }: DemoRetailer, now: Date): Promise<string> {
  const { token } = await issueToken(sql, { staff: 'mika', tablet: stores.north.tabletId }, after(now, days(2)), now);
  return token;
}
