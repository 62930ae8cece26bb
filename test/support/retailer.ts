import { issueToken } from '../../src/access/enrolment/access-tokens.js';
import { addSource, addSourceKey } from '../../src/access/enrolment/sources.js';
import { addStaff } from '../../src/access/enrolment/staff-members.js';
import { addStore } from '../../src/access/enrolment/stores.js';
import { addTablet } from '../../src/access/enrolment/tablets.js';
import type { Role } from '../../src/access/role.js';
import { after, days } from '../../src/shared/clock.js';
import { noon } from './foyer.js';
import type { TestDatabase } from './database.js';

/** A store with one tablet. */
export interface TestStore {
  readonly id: string;
  readonly code: string;
  readonly sourceId: string;
  /** The tablet's token. */
  readonly tablet: string;
  readonly tabletId: string;
}

/** Somebody of the staff, with a token. */
export interface TestStaff {
  readonly id: string;
  readonly token: string;
}

/** A source with its keys. */
export interface TestSource {
  readonly id: string;
  readonly code: string;
  readonly server: string;
  readonly browser: string;
}

const tokensEnd = after(noon, days(365));

/** The retailer of the stories: stores, staff, and the departments whose systems speak; enrolled as `npx foyer` does. */
export class Retailer {
  constructor(private readonly database: TestDatabase) {}

  /** Opens a store with one tablet. */
  async store(
    code: string,
    overrides: { timeZone?: string; currency?: string; country?: string } = {},
  ): Promise<TestStore> {
    const { id, sourceId } = await addStore(
      this.database,
      {
        code,
        name: `Store ${code}`,
        timeZone: 'Europe/Berlin',
        currency: 'EUR',
        country: 'DE',
        language: 'en',
        promiseMinutes: 5,
        closesAt: '20:00',
        ...overrides,
      },
      noon,
    );
    return { id, code, sourceId, ...(await this.tablet(id)) };
  }

  /** Another tablet of a store, with its token. */
  async tablet(storeId: string): Promise<{ tablet: string; tabletId: string }> {
    const { id } = await addTablet(this.database, { store: storeId, name: 'Tablet' }, noon);
    const { token } = await issueToken(this.database, { tablet: id }, tokensEnd, noon);
    return { tablet: token, tabletId: id };
  }

  /** Hires somebody for some stores. */
  async staff(name: string, role: Role, stores: readonly { id: string }[], language = 'en'): Promise<TestStaff> {
    const code = name.toLowerCase();
    const { id } = await addStaff(
      this.database,
      { code, displayName: name, role, stores: stores.map((store) => store.id), language },
      noon,
    );
    const { token } = await issueToken(this.database, { staff: id }, tokensEnd, noon);
    return { id, token };
  }

  /** Connects a department's system, with a server key and a browser key. */
  async source(
    code: string,
    kind: string,
    options: { department?: string; trusted?: boolean; country?: string; origins?: string[] } = {},
  ): Promise<TestSource> {
    const { department = kind, trusted = false, country = 'DE', origins = ['https://shop.example'] } = options;
    const { id } = await addSource(this.database, { code, name: code, kind, department, country, trusted }, noon);
    const server = await addSourceKey(this.database, id, { kind: 'SERVER' }, noon);
    const browser = await addSourceKey(this.database, id, { kind: 'BROWSER', origins }, noon);
    return { id, code, server: server.key, browser: browser.key };
  }
}
