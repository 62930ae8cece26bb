import { hashToken, kindOf } from '../token.js';
import { EnrolmentFault } from './enrolment.fault.js';
import type { Sql } from './sql.js';

/** What was revoked. */
export interface Revoked {
  readonly what: 'token' | 'tablet' | 'staff' | 'source key';
  readonly id: string;
}

/** Where a revocable thing lives, and how it is named. */
const revocable = [
  { what: 'token', table: 'access_token', names: `"hash" = $3 OR "id"::text = $2` },
  { what: 'source key', table: 'source_key', names: `"hash" = $3 OR "id"::text = $2` },
  { what: 'tablet', table: 'tablet', names: `"id"::text = $2` },
  { what: 'staff', table: 'staff', names: `"id"::text = $2 OR "code" = $2` },
] as const;

/**
 * Ends a token or source key (itself or its id), a tablet (its id) or a member of staff (code or id) with all their tokens.
 * Requests fail from now on, open sockets close within five seconds. What ended before stays ended.
 */
export async function revoke(sql: Sql, name: string, now: Date): Promise<Revoked> {
  for (const { what, table, names } of revocable) {
    const withHash = names.includes('$3');
    const [found] = await sql.query<{ id: string }>(
      `UPDATE "${table}" SET "revoked_at" = coalesce("revoked_at", $1) WHERE ${names} RETURNING "id"`,
      withHash ? [now, name, hashToken(name)] : [now, name],
    );
    if (found !== undefined) return { what, id: found.id };
  }
  const shown = kindOf(name) === undefined ? `"${name}"` : 'this token';
  throw new EnrolmentFault(
    `Nothing here is called ${shown}: give a token, a source key, the id of either, the id of a tablet, or a member of staff.`,
  );
}
