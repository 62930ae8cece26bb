import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { Transactions } from '../../platform/database/transactions.js';
import { unsaid } from '../../shared/catalogue/sentences.js';
import { Clock, after, hours } from '../../shared/clock.js';
import type { Actor } from '../actor.js';
import { Audit } from '../audit.js';
import { Forbidden } from '../denial.js';
import { floorRoles } from '../role.js';
import { issueToken, type IssuedToken } from './access-tokens.js';
import { EnrolmentFault } from './enrolment.fault.js';
import { isHerPin } from './pins.js';

/** A shift that nobody ended is over after this. */
const longest = hours(12);

/** Somebody who may open a shift on a tablet of her store. */
export interface Colleague {
  readonly id: string;
  readonly displayName: string;
}

/** Who holds a tablet in her hands: opened by PIN, ended by locking. */
@Injectable()
export class Shifts {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Those who work on the floor of the tablet's store and have a PIN. */
  colleagues(tablet: Actor): Promise<Colleague[]> {
    return this.database.query<Colleague>(
      `SELECT s."id", s."display_name" AS "displayName" FROM "staff" s
       JOIN "staff_pin" p ON p."staff_id" = s."id"
       WHERE s."revoked_at" IS NULL AND s."role" = ANY($2)
         AND EXISTS (SELECT 1 FROM "staff_store" w WHERE w."staff_id" = s."id" AND w."store_id" = ANY($1::uuid[]))
       ORDER BY s."display_name", s."id"`,
      [tablet.storeIds, floorRoles],
    );
  }

  /** Opens a shift on this tablet, the only one there. @throws EnrolmentFault when the PIN is wrong or she does not work here. */
  async open(tablet: Actor, staffId: string, pin: string): Promise<IssuedToken> {
    const now = this.clock.now();
    const here = (await this.colleagues(tablet)).some((each) => each.id === staffId);
    if (!here || !(await isHerPin(this.database, staffId, pin, now))) {
      throw new EnrolmentFault(unsaid('access.pin-wrong', {}));
    }
    return this.transactions.run(async (tx) => {
      const { tabletId = '' } = tablet;
      // One that was locked without a network could not say that it had ended.
      await tx.query(
        `UPDATE "access_token" SET "revoked_at" = $2
         WHERE "tablet_id" = $1 AND "staff_id" IS NOT NULL AND "revoked_at" IS NULL`,
        [tabletId, now],
      );
      const token = await issueToken(tx, { staff: staffId, tablet: tabletId }, after(now, longest), now);
      await this.audit.write(tx, {
        action: 'shift.opened',
        actor: { kind: 'STAFF', id: staffId, staffId, tabletId },
        storeId: tablet.storeIds[0] ?? null,
      });
      return token;
    });
  }

  /** Ends the shift whose token this is; its sockets close within seconds. */
  async end(staff: Actor): Promise<void> {
    if (staff.tabletId === undefined || staff.tokenId === null) {
      throw new Forbidden(unsaid('access.not-on-shift', {}));
    }
    await this.transactions.run(async (tx) => {
      await tx.query(`UPDATE "access_token" SET "revoked_at" = $2 WHERE "id" = $1 AND "revoked_at" IS NULL`, [
        staff.tokenId,
        this.clock.now(),
      ]);
      await this.audit.write(tx, { action: 'shift.ended', actor: staff, storeId: staff.storeIds[0] ?? null });
    });
  }
}
