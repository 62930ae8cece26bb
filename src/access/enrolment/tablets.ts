import { newId } from '../../shared/ids.js';
import type { Sql } from './sql.js';
import { storeIdOf } from './stores.js';

/** Adds a tablet to a store, by the store's code or id. */
export async function addTablet(
  sql: Sql,
  tablet: { readonly store: string; readonly name: string },
  now: Date,
): Promise<{ id: string; storeId: string }> {
  const id = newId();
  const storeId = await storeIdOf(sql, tablet.store);
  await sql.query(`INSERT INTO "tablet" ("id", "store_id", "name", "created_at") VALUES ($1, $2, $3, $4)`, [
    id,
    storeId,
    tablet.name,
    now,
  ]);
  return { id, storeId };
}

/** A tablet as it is listed. */
export interface ListedTablet {
  readonly id: string;
  readonly name: string;
  readonly store: string;
  /** Until when its newest token works; null when none does. */
  readonly tokenUntil: Date | null;
  /** It proves itself by a key of its own. */
  readonly enrolled: boolean;
  readonly revokedAt: Date | null;
}

/** All tablets by store and name. */
export function listTablets(sql: Sql, now: Date): Promise<ListedTablet[]> {
  return sql.query(
    `SELECT b."id", b."name", o."code" AS "store", b."revoked_at" AS "revokedAt",
       EXISTS (SELECT 1 FROM "tablet_key" k WHERE k."tablet_id" = b."id") AS "enrolled",
       (SELECT max(t."expires_at") FROM "access_token" t
        WHERE t."tablet_id" = b."id" AND t."revoked_at" IS NULL AND t."expires_at" > $1) AS "tokenUntil"
     FROM "tablet" b JOIN "store" o ON o."id" = b."store_id" ORDER BY o."code", b."name"`,
    [now],
  );
}
