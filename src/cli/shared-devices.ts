import type { INestApplicationContext } from '@nestjs/common';
import { operator, writeAudit } from '../access/audit-entry.js';
import { EnrolmentFault } from '../access/enrolment/enrolment.fault.js';
import type { Sql } from '../access/enrolment/sql.js';
import { storeIdOf } from '../access/enrolment/stores.js';
import { IdentityService } from '../identity/identity.service.js';
import { isUnusable } from '../identity/identifier.js';
import device from '../identity/identifiers/device.identifier.js';
import { Transactions } from '../platform/database/transactions.js';

const reason = 'store-device';

/** Keeps a device of a store from identifying anybody, and takes apart what it had joined. */
export async function shareDevice(
  app: INestApplicationContext,
  value: string,
  store: string,
  now: Date,
): Promise<string> {
  check(value);
  return app.get(Transactions).run(async (tx) => {
    const storeId = await storeIdOf(tx, store);
    await app.get(IdentityService).block(tx, { kind: device.kind, value, reason, storeId });
    await writeAudit(tx, { action: 'device.shared', actor: operator, storeId }, now);
    return storeId;
  });
}

/** Lets a device identify again: it was named by mistake. */
export async function releaseDevice(app: INestApplicationContext, value: string, now: Date): Promise<void> {
  check(value);
  await app.get(Transactions).run(async (tx) => {
    await app.get(IdentityService).unblock(tx, { kind: device.kind, value });
    await writeAudit(tx, { action: 'device.released', actor: operator }, now);
  });
}

/** The shared devices that were named, by store. */
export function listDevices(tx: Sql): Promise<{ store: string; device: string }[]> {
  return tx.query(
    `SELECT o."code" AS "store", ltrim(b."key", ':') AS "device"
     FROM "blocked_value" b JOIN "store" o ON o."id" = b."store_id"
     WHERE b."kind" = $1 AND b."reason" = $2 ORDER BY 1, 2`,
    [device.kind, reason],
  );
}

function check(value: string): void {
  const outcome = device.normalise(value, {});
  if (!isUnusable(outcome)) return;
  throw new EnrolmentFault(`"${value}" ${outcome.unusable}: give the anonymous id that its SDK sends.`);
}
