import { newId } from '../../shared/ids.js';
import { mintToken } from '../token.js';
import { EnrolmentFault, unlessTaken } from './enrolment.fault.js';
import type { Sql } from './sql.js';
import { storeIdOf } from './stores.js';

/** A source as it is enrolled. */
export interface NewSource {
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly department: string;
  readonly country: string;
  readonly trusted: boolean;
  /** Code or id of the store it stands in, if it stands in one. */
  readonly store?: string;
}

/** What a key may do: a browser's is public, claims, and works from listed origins; a server's is secret and asserts. */
export type NewKey =
  | { readonly kind: 'SERVER'; readonly expiresAt?: Date }
  | { readonly kind: 'BROWSER'; readonly origins: readonly string[]; readonly expiresAt?: Date };

/** Adds a system that tells of people. */
export async function addSource(sql: Sql, source: NewSource, now: Date): Promise<{ id: string }> {
  const id = newId();
  const { code, name, kind, department, country, trusted, store } = source;
  const storeId = store === undefined ? null : await storeIdOf(sql, store);
  await unlessTaken('A source', code, () =>
    sql.query(
      `INSERT INTO "source" ("id", "code", "name", "kind", "department", "country", "trusted", "store_id", "created_at")
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [id, code, name, kind, department, country, trusted, storeId, now],
    ),
  );
  return { id };
}

/** Gives a source a key; it is returned once and only its hash is kept. */
export async function addSourceKey(
  sql: Sql,
  sourceId: string,
  key: NewKey,
  now: Date,
): Promise<{ keyId: string; key: string }> {
  const keyId = newId();
  const { token, hash } = mintToken(key.kind === 'SERVER' ? 'server' : 'browser');
  await sql.query(
    `INSERT INTO "source_key" ("id", "source_id", "kind", "hash", "origins", "created_at", "expires_at")
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [keyId, sourceId, key.kind, hash, key.kind === 'BROWSER' ? key.origins : [], now, key.expiresAt ?? null],
  );
  return { keyId, key: token };
}

/** The id of a source, by its code or id. */
export async function sourceIdOf(sql: Sql, source: string): Promise<string> {
  const [found] = await sql.query<{ id: string }>(`SELECT "id" FROM "source" WHERE "code" = $1 OR "id"::text = $1`, [
    source,
  ]);
  if (found === undefined)
    throw new EnrolmentFault(`There is no source "${source}"; "npx foyer source list" shows them.`);
  return found.id;
}

/** A source with the keys that work. */
export interface ListedSource extends Omit<NewSource, 'store'> {
  readonly id: string;
  readonly keys: readonly { id: string; kind: 'BROWSER' | 'SERVER'; origins: string[]; expiresAt: string | null }[];
}

/** All sources by code, with the keys that work; the keys themselves nobody can show again. */
export function listSources(sql: Sql, now: Date): Promise<ListedSource[]> {
  return sql.query(
    `SELECT s."id", s."code", s."name", s."kind", s."department", s."country", s."trusted",
       coalesce(json_agg(json_build_object('id', k."id", 'kind', k."kind", 'origins', k."origins", 'expiresAt', k."expires_at")
         ORDER BY k."id") FILTER (WHERE k."id" IS NOT NULL), '[]') AS "keys"
     FROM "source" s
     LEFT JOIN "source_key" k ON k."source_id" = s."id" AND k."revoked_at" IS NULL AND (k."expires_at" IS NULL OR k."expires_at" > $1)
     GROUP BY s."id" ORDER BY s."code"`,
    [now],
  );
}
