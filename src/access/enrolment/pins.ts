import { hash, verify } from '@node-rs/argon2';
import { unsaid } from '../../shared/catalogue/sentences.js';
import { after, minutes } from '../../shared/clock.js';
import { EnrolmentFault } from './enrolment.fault.js';
import type { Sql } from './sql.js';

/** Wrong PINs in a row before the PIN rests. */
const mostMisses = 5;
const rests = minutes(15);
/** OWASP's recommendation for Argon2id: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Sets or replaces the PIN of a member of staff. @throws EnrolmentFault when it is not 4 to 8 digits. */
export async function setPin(sql: Sql, staffId: string, pin: string, now: Date): Promise<void> {
  if (!/^\d{4,8}$/.test(pin)) throw new EnrolmentFault(unsaid('access.pin-unfit', {}));
  if (/^(\d)\1+$/.test(pin) || '0123456789876543210'.includes(pin)) {
    throw new EnrolmentFault(unsaid('access.pin-easy', {}));
  }
  await sql.query(
    `INSERT INTO "staff_pin" ("staff_id", "hash", "set_at") VALUES ($1, $2, $3)
     ON CONFLICT ("staff_id") DO UPDATE SET "hash" = excluded."hash", "set_at" = excluded."set_at", "misses" = 0, "locked_until" = NULL`,
    [staffId, await hash(pin, cost), now],
  );
}

/** Whether the PIN is hers. Five wrong ones in a row, and it rests for a quarter of an hour. @throws EnrolmentFault while it rests. */
export async function isHerPin(sql: Sql, staffId: string, pin: string, now: Date): Promise<boolean> {
  // The attempt is counted before it is judged, so that guesses side by side cannot share one count.
  const [kept] = await sql.query<{ hash: string; misses: number }>(
    `UPDATE "staff_pin" SET
       "misses" = CASE WHEN "locked_until" IS NOT NULL THEN 1 ELSE "misses" + 1 END,
       "locked_until" = CASE WHEN "locked_until" IS NULL AND "misses" + 1 >= $3 THEN $4::timestamptz END
     WHERE "staff_id" = $1 AND ("locked_until" IS NULL OR "locked_until" <= $2) RETURNING "hash", "misses"`,
    [staffId, now, mostMisses, after(now, rests)],
  );
  if (kept === undefined) {
    const [resting] = await sql.query(`SELECT 1 FROM "staff_pin" WHERE "staff_id" = $1`, [staffId]);
    if (resting) throw new EnrolmentFault(unsaid('access.pin-rests', {}));
    return false;
  }
  if (!(await verify(kept.hash, pin))) return false;
  await sql.query(`UPDATE "staff_pin" SET "misses" = 0, "locked_until" = NULL WHERE "staff_id" = $1`, [staffId]);
  return true;
}
