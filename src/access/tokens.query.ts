import type { Actor, SourceView } from './actor.js';
import { floorRoles, type Role } from './role.js';

/** One row of everything an actor is, by the token of a tablet, of staff, or of staff at a tablet. */
export interface TokenRow {
  readonly id: string;
  readonly expires_at: Date;
  readonly tablet_id: string | null;
  readonly tablet_store_id: string | null;
  readonly tablet_language: string | null;
  /** The tablet proves itself by a key of its own; then people are shown only to whoever has a shift open on it. */
  readonly tablet_enrolled: boolean;
  readonly staff_id: string | null;
  readonly role: Role | null;
  readonly language: string | null;
  readonly store_ids: string[];
}

/** One row of everything an actor is, by the key of a source. */
export interface KeyRow extends SourceView {
  readonly key_id: string;
  readonly key_kind: 'BROWSER' | 'SERVER';
  readonly origins: string[];
  readonly expires_at: Date | null;
}

const tokenRow = `
  SELECT t."id", t."expires_at", t."tablet_id", b."store_id" AS "tablet_store_id", o."language" AS "tablet_language",
    EXISTS (SELECT 1 FROM "tablet_key" k WHERE k."tablet_id" = t."tablet_id") AS "tablet_enrolled",
    t."staff_id", s."role", s."language",
    ARRAY(SELECT w."store_id"::text FROM "staff_store" w WHERE w."staff_id" = t."staff_id" ORDER BY 1) AS "store_ids"
  FROM "access_token" t
  LEFT JOIN "tablet" b ON b."id" = t."tablet_id"
  LEFT JOIN "store" o ON o."id" = b."store_id"
  LEFT JOIN "staff" s ON s."id" = t."staff_id"
  WHERE t."revoked_at" IS NULL AND t."expires_at" > $2 AND b."revoked_at" IS NULL AND s."revoked_at" IS NULL`;

const keyRow = `
  SELECT k."id" AS "key_id", k."kind" AS "key_kind", k."origins", k."expires_at",
    s."id", s."code", s."name", s."kind", s."department", s."country", s."trusted", s."store_id" AS "storeId"
  FROM "source_key" k
  JOIN "source" s ON s."id" = k."source_id"
  WHERE k."revoked_at" IS NULL AND (k."expires_at" IS NULL OR k."expires_at" > $2)`;

/** The valid token of a hash, for a request. */
export const tokenByHash = `${tokenRow} AND t."hash" = $1`;

/** The valid tokens of some ids, for sockets that are open. */
export const tokensByIds = `${tokenRow} AND t."id" = ANY($1::uuid[])`;

/** The valid key of a hash, for a request. */
export const keyByHash = `${keyRow} AND k."hash" = $1`;

/** The valid keys of some ids, for sockets that are open. */
export const keysByIds = `${keyRow} AND k."id" = ANY($1::uuid[])`;

/** What a caller may, apart from where and in which language he asks; a socket is closed when it changes. */
export type Rights = Omit<Actor, 'address' | 'language'>;

/** The rights of a tablet, of staff, or of staff at a tablet: then only in the tablet's store, and only if she works there. */
export function rightsOfToken(row: TokenRow): Rights {
  const shared = { tokenId: row.id, asserts: false, expiresAt: row.expires_at };
  const here = row.tablet_store_id === null ? undefined : row.tablet_store_id;
  if (row.staff_id === null || row.role === null) {
    const tabletId = row.tablet_id ?? '';
    const roles: Role[] = row.tablet_enrolled ? [] : ['ASSOCIATE'];
    return { ...shared, kind: 'TABLET', id: tabletId, tabletId, roles, storeIds: here ? [here] : [] };
  }
  return {
    ...shared,
    kind: 'STAFF',
    id: row.staff_id,
    staffId: row.staff_id,
    ...(row.tablet_id === null ? {} : { tabletId: row.tablet_id }),
    // A PIN of some digits opens no more than the work on the floor.
    roles: row.tablet_id === null || floorRoles.includes(row.role) ? [row.role] : [],
    storeIds: row.store_ids.filter((id) => here === undefined || id === here),
  };
}

/** The rights of a source: its server asserts, a browser claims. */
export function rightsOfKey(row: KeyRow): Rights {
  const { id, code, name, kind, department, country, trusted, storeId } = row;
  return {
    kind: 'SOURCE',
    id,
    tokenId: row.key_id,
    roles: [],
    storeIds: [],
    source: { id, code, name, kind, department, country, trusted, storeId },
    asserts: row.key_kind === 'SERVER',
    expiresAt: row.expires_at,
  };
}
