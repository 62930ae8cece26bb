import { newId } from '../../shared/ids.js';
import { whyNotClosing } from './closing-time.rules.js';
import { EnrolmentFault, unlessTaken } from './enrolment.fault.js';
import type { Sql } from './sql.js';

/** A store as it is enrolled. */
export interface NewStore {
  readonly code: string;
  readonly name: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly country: string;
  readonly language: string;
  readonly promiseMinutes: number | null;
  readonly closesAt: string;
}

/** A store and the source under which its own visits are recorded. */
export interface EnrolledStore extends NewStore {
  readonly id: string;
  readonly sourceId: string;
}

/** Adds a store, and the source that speaks for its door: what is said there is a claim. */
export async function addStore(sql: Sql, store: NewStore, now: Date): Promise<EnrolledStore> {
  const unfit = whyNotClosing(store.closesAt);
  if (unfit !== undefined) throw new EnrolmentFault(unfit);
  const id = newId();
  const sourceId = newId();
  const { code, name, timeZone, currency, country, language, promiseMinutes, closesAt } = store;
  await unlessTaken('A store', code, () =>
    sql.query(
      `WITH "added" AS (
         INSERT INTO "store" ("id", "code", "name", "time_zone", "currency", "country", "language", "promise_minutes", "closes_at", "created_at")
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))
       INSERT INTO "source" ("id", "code", "name", "kind", "department", "country", "trusted", "store_id", "created_at")
       VALUES ($11, 'store:' || $2, $3, 'store', 'sales', $6, false, $1, $10)`,
      [id, code, name, timeZone, currency, country, language, promiseMinutes, closesAt, now, sourceId],
    ),
  );
  return { id, ...store, sourceId };
}

/** All stores by code. */
export function listStores(sql: Sql): Promise<(NewStore & { id: string })[]> {
  return sql.query(
    `SELECT "id", "code", "name", "time_zone" AS "timeZone", "currency", "country", "language",
       "promise_minutes" AS "promiseMinutes", "closes_at" AS "closesAt"
     FROM "store" ORDER BY "code"`,
  );
}

/** The id of a store, by its code or id. */
export async function storeIdOf(sql: Sql, store: string): Promise<string> {
  const [found] = await sql.query<{ id: string }>(`SELECT "id" FROM "store" WHERE "code" = $1 OR "id"::text = $1`, [
    store,
  ]);
  if (found === undefined) throw new EnrolmentFault(`There is no store "${store}"; "npx foyer store list" shows them.`);
  return found.id;
}
