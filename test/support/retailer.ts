import { v7 } from 'uuid';
import { mintToken, type TokenKind } from '../../src/access/token.js';
import { days } from '../../src/shared/clock.js';
import { noon } from './foyer.js';
import type { TestDatabase } from './database.js';

/** A store with a tablet and two associates. */
export interface TestStore {
  readonly id: string;
  readonly code: string;
  readonly sourceId: string;
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

/** The retailer of the stories: stores, staff, and the departments whose systems speak. */
export class Retailer {
  constructor(private readonly database: TestDatabase) {}

  /** Opens a store with one tablet and the source its visits' records come from. */
  async store(
    code: string,
    overrides: { timeZone?: string; currency?: string; country?: string } = {},
  ): Promise<TestStore> {
    const id = v7();
    const { timeZone = 'Europe/Berlin', currency = 'EUR', country = 'DE' } = overrides;
    await this.database.query(
      `INSERT INTO store (id, code, name, time_zone, currency, country, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [id, code, `Store ${code}`, timeZone, currency, country, noon],
    );
    await this.database.query('INSERT INTO store_feed (store_id) VALUES ($1)', [id]);
    const sourceId = await this.insertSource(`store:${code}`, 'store', 'store', country, true, id);
    const tabletId = v7();
    await this.database.query('INSERT INTO tablet (id, store_id, name, created_at) VALUES ($1, $2, $3, $4)', [
      tabletId,
      id,
      'Tablet',
      noon,
    ]);
    return { id, code, sourceId, tabletId, tablet: await this.token('tablet', { tabletId }) };
  }

  /** Another tablet of a store. */
  async tablet(storeId: string): Promise<string> {
    const tabletId = v7();
    await this.database.query('INSERT INTO tablet (id, store_id, name, created_at) VALUES ($1, $2, $3, $4)', [
      tabletId,
      storeId,
      'Tablet',
      noon,
    ]);
    return this.token('tablet', { tabletId });
  }

  /** Hires somebody for some stores. */
  async staff(name: string, role: string, stores: readonly { id: string }[]): Promise<TestStaff> {
    const id = v7();
    await this.database.query(
      'INSERT INTO staff (id, code, display_name, role, created_at) VALUES ($1, $2, $3, $4, $5)',
      [id, `${name.toLowerCase()}-${id.slice(-4)}`, name, role, noon],
    );
    for (const store of stores)
      await this.database.query('INSERT INTO staff_store (staff_id, store_id) VALUES ($1, $2)', [id, store.id]);
    return { id, token: await this.token('staff', { staffId: id }) };
  }

  /** Connects a department's system. */
  async source(
    code: string,
    kind: string,
    options: { department?: string; trusted?: boolean; country?: string; origins?: string[] } = {},
  ): Promise<TestSource> {
    const { department = kind, trusted = false, country = 'DE', origins = ['https://shop.example'] } = options;
    const id = await this.insertSource(code, kind, department, country, trusted, null);
    return { id, code, server: await this.key(id, 'server', []), browser: await this.key(id, 'browser', origins) };
  }

  private async insertSource(
    code: string,
    kind: string,
    department: string,
    country: string,
    trusted: boolean,
    storeId: string | null,
  ): Promise<string> {
    const id = v7();
    await this.database.query(
      `INSERT INTO source (id, code, name, kind, department, country, trusted, store_id, created_at) VALUES ($1, $2, $2, $3, $4, $5, $6, $7, $8)`,
      [id, code, kind, department, country, trusted, storeId, noon],
    );
    return id;
  }

  private async key(sourceId: string, kind: TokenKind, origins: string[]): Promise<string> {
    const { token, hash } = mintToken(kind);
    await this.database.query(
      'INSERT INTO source_key (id, source_id, kind, hash, origins, created_at) VALUES ($1, $2, $3, $4, $5, $6)',
      [v7(), sourceId, kind.toUpperCase(), hash, origins, noon],
    );
    return token;
  }

  private async token(kind: TokenKind, owner: { tabletId?: string; staffId?: string }): Promise<string> {
    const { token, hash } = mintToken(kind);
    await this.database.query(
      'INSERT INTO access_token (id, hash, tablet_id, staff_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)',
      [v7(), hash, owner.tabletId ?? null, owner.staffId ?? null, noon, new Date(noon.getTime() + days(365))],
    );
    return token;
  }
}
