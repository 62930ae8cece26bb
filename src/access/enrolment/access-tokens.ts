import { newId } from '../../shared/ids.js';
import { mintToken } from '../token.js';
import { EnrolmentFault } from './enrolment.fault.js';
import type { Sql } from './sql.js';

/** Who gets a token: a tablet by id, staff by code or id, or staff on shift at one tablet. */
export interface Bearer {
  readonly tablet?: string;
  readonly staff?: string;
}

/** A token that was just made; it is shown once. */
export interface IssuedToken {
  readonly tokenId: string;
  readonly token: string;
  readonly expiresAt: Date;
}

/** Makes a token. */
export async function issueToken(sql: Sql, bearer: Bearer, expiresAt: Date, now: Date): Promise<IssuedToken> {
  const tabletId = bearer.tablet === undefined ? null : await tabletIdOf(sql, bearer.tablet);
  const staffId = bearer.staff === undefined ? null : await staffIdOf(sql, bearer.staff);
  const tokenId = newId();
  const { token, hash } = mintToken(staffId === null ? 'tablet' : 'staff');
  await sql.query(
    `INSERT INTO "access_token" ("id", "hash", "tablet_id", "staff_id", "created_at", "expires_at") VALUES ($1, $2, $3, $4, $5, $6)`,
    [tokenId, hash, tabletId, staffId, now, expiresAt],
  );
  return { tokenId, token, expiresAt };
}

/** The id of a tablet that still works. @throws EnrolmentFault when there is none. */
export async function tabletIdOf(sql: Sql, tablet: string): Promise<string> {
  const [found] = await sql.query<{ id: string }>(
    `SELECT "id" FROM "tablet" WHERE "id"::text = $1 AND "revoked_at" IS NULL`,
    [tablet.toLowerCase()],
  );
  if (found === undefined) {
    throw new EnrolmentFault(`There is no tablet "${tablet}" that still works; "npx foyer tablet list" shows them.`);
  }
  return found.id;
}

/** The id of a member of staff who still works here. @throws EnrolmentFault when there is none. */
export async function staffIdOf(sql: Sql, staff: string): Promise<string> {
  const [found] = await sql.query<{ id: string }>(
    `SELECT "id" FROM "staff" WHERE ("code" = $1 OR "id"::text = $1) AND "revoked_at" IS NULL`,
    [staff],
  );
  if (found === undefined) {
    throw new EnrolmentFault(
      `There is no member of staff "${staff}" who still works here; "npx foyer staff list" shows them.`,
    );
  }
  return found.id;
}
