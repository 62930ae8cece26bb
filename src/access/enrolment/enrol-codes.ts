import { unsaid } from '../../shared/catalogue/sentences.js';
import { after, minutes } from '../../shared/clock.js';
import { fromTyped, toCrockford } from '../../shared/crockford.js';
import { randomOctets } from '../../shared/ids.js';
import { hashToken } from '../token.js';
import { EnrolmentFault } from './enrolment.fault.js';
import type { Sql } from './sql.js';

/** How long a code waits to be typed. */
export const codeLasts = minutes(10);
/** 60 bits: typed by hand, and out of reach of guessing within its ten minutes. */
const octets = 7;

/** A code as it is shown to whoever sets the tablet up. */
export interface IssuedEnrolCode {
  readonly code: string;
  readonly expiresAt: Date;
}

/** Makes the code with which one tablet enrols once; an earlier one of the same tablet no longer works. */
export async function issueEnrolCode(sql: Sql, tabletId: string, now: Date): Promise<IssuedEnrolCode> {
  const plain = toCrockford(randomOctets(octets));
  const expiresAt = after(now, codeLasts);
  await sql.query(
    `WITH "gone" AS (DELETE FROM "enrol_code" WHERE "tablet_id" = $2 OR "expires_at" <= $4)
     INSERT INTO "enrol_code" ("hash", "tablet_id", "expires_at") VALUES ($1, $2, $3)`,
    [hashToken(plain), tabletId, expiresAt, now],
  );
  return { code: plain.replace(/(.{4})(?=.)/g, '$1-'), expiresAt };
}

/** Uses a code up and tells which tablet it enrols. @throws EnrolmentFault when it is unknown, used or too old. */
export async function useEnrolCode(sql: Sql, typed: string, now: Date): Promise<string> {
  const plain = fromTyped(typed) ?? '';
  const [used] = await sql.query<{ tablet_id: string }>(
    `DELETE FROM "enrol_code" c USING "tablet" b
     WHERE c."hash" = $1 AND c."expires_at" > $2 AND b."id" = c."tablet_id" AND b."revoked_at" IS NULL
     RETURNING c."tablet_id"`,
    [hashToken(plain), now],
  );
  if (used === undefined) throw new EnrolmentFault(unsaid('access.enrol-code-unknown', {}));
  return used.tablet_id;
}
