import { newId } from '../../shared/ids.js';
import type { Role } from '../role.js';
import { unlessTaken } from './enrolment.fault.js';
import type { Sql } from './sql.js';
import { storeIdOf } from './stores.js';

/** A member of staff as she is enrolled. */
export interface NewStaff {
  readonly code: string;
  readonly displayName: string;
  readonly role: Role;
  /** Codes or ids of the stores she works in; none for head office. */
  readonly stores: readonly string[];
  readonly language: string;
}

/** Adds a member of staff. */
export async function addStaff(sql: Sql, staff: NewStaff, now: Date): Promise<{ id: string; storeIds: string[] }> {
  const id = newId();
  const storeIds: string[] = [];
  for (const store of staff.stores) storeIds.push(await storeIdOf(sql, store));
  await unlessTaken('A member of staff', staff.code, () =>
    sql.query(
      `WITH "added" AS (
         INSERT INTO "staff" ("id", "code", "display_name", "role", "language", "created_at") VALUES ($1, $2, $3, $4, $5, $6)
         RETURNING "id")
       INSERT INTO "staff_store" ("staff_id", "store_id")
       SELECT "added"."id", "store_id" FROM "added", unnest($7::uuid[]) AS u ("store_id") GROUP BY 1, 2`,
      [id, staff.code, staff.displayName, staff.role, staff.language, now, storeIds],
    ),
  );
  return { id, storeIds };
}

/** A member of staff as she is listed. */
export interface ListedStaff {
  readonly id: string;
  readonly code: string;
  readonly displayName: string;
  readonly role: Role;
  readonly language: string;
  readonly stores: string[];
  readonly revokedAt: Date | null;
}

/** All staff by code. */
export function listStaff(sql: Sql): Promise<ListedStaff[]> {
  return sql.query(
    `SELECT s."id", s."code", s."display_name" AS "displayName", s."role", s."language", s."revoked_at" AS "revokedAt",
       ARRAY(SELECT o."code" FROM "staff_store" w JOIN "store" o ON o."id" = w."store_id" WHERE w."staff_id" = s."id" ORDER BY 1) AS "stores"
     FROM "staff" s ORDER BY s."code"`,
  );
}
