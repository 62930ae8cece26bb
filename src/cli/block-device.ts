import { EnrolmentFault } from '../access/enrolment/enrolment.fault.js';
import { sourceIdOf } from '../access/enrolment/sources.js';
import type { Sql } from '../access/enrolment/sql.js';
import { isUnusable } from '../identity/identifier.js';
import deviceKind from '../identity/identifiers/device.identifier.js';

/** A device of a store, as its SDK names it. */
export interface SharedDevice {
  readonly device: string;
  readonly storeId: string;
  readonly source?: string | undefined;
}

/** Keeps a shared device from identifying anybody, for one source or all of them; returns their codes. */
export async function blockDevice(tx: Sql, { device, storeId, source }: SharedDevice, now: Date): Promise<string[]> {
  const only = source === undefined ? null : await sourceIdOf(tx, source);
  const sources = await tx.query<{ id: string; code: string }>(
    `SELECT "id", "code" FROM "source" WHERE $1::uuid IS NULL OR "id" = $1 ORDER BY "code"`,
    [only],
  );
  for (const { id } of sources) {
    const outcome = deviceKind.normalise(device, { scope: id });
    if (isUnusable(outcome))
      throw new EnrolmentFault(`"${device}" ${outcome.unusable}: give the anonymous id that its SDK sends.`);
    await tx.query(
      `INSERT INTO "blocked_value" ("kind", "key", "reason", "store_id", "created_at") VALUES ('device', $1, 'store-device', $2, $3)
       ON CONFLICT ("kind", "key") DO UPDATE SET "reason" = EXCLUDED."reason", "store_id" = EXCLUDED."store_id"`,
      [outcome.key, storeId, now],
    );
  }
  return sources.map(({ code }) => code);
}

/** The shared devices that were named, by store. */
export function listDevices(tx: Sql): Promise<{ store: string; source: string; device: string }[]> {
  return tx.query(
    `SELECT o."code" AS "store", s."code" AS "source", substr(b."key", 38) AS "device"
     FROM "blocked_value" b
     JOIN "store" o ON o."id" = b."store_id"
     JOIN "source" s ON s."id"::text = left(b."key", 36)
     WHERE b."kind" = 'device' AND b."reason" = 'store-device' ORDER BY 1, 3, 2`,
  );
}
