import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { Transactions, type Tx } from '../../platform/database/transactions.js';
import { unsaid } from '../../shared/catalogue/sentences.js';
import { Clock } from '../../shared/clock.js';
import type { Actor } from '../actor.js';
import { Audit } from '../audit.js';
import { Forbidden } from '../denial.js';
import { issueEnrolCode, type IssuedEnrolCode } from '../enrolment/enrol-codes.js';
import { setPin } from '../enrolment/pins.js';
import { revoke } from '../enrolment/revocation.js';
import { addTablet } from '../enrolment/tablets.js';
import { floorRoles, type Role, rolesBelowManager } from '../role.js';

/** One of the manager's stores with those who work there and what lies there. */
export interface DeskStore {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  readonly staff: readonly {
    id: string;
    displayName: string;
    role: Role;
    pinSet: boolean;
    /** Whether whoever asks may set her PIN. */
    mayChangePin: boolean;
  }[];
  readonly tablets: readonly { id: string; name: string; enrolled: boolean; seenAt: string | null; revoked: boolean }[];
}

const stores = `
  SELECT o."id", o."name", o."time_zone" AS "timeZone",
    coalesce((SELECT jsonb_agg(jsonb_build_object('id', s."id", 'displayName', s."display_name", 'role', s."role",
        'mayChangePin', s."id" = $2 OR s."role" = ANY($3),
        'pinSet', EXISTS (SELECT 1 FROM "staff_pin" p WHERE p."staff_id" = s."id")) ORDER BY s."display_name", s."id")
      FROM "staff" s JOIN "staff_store" w ON w."staff_id" = s."id"
      WHERE w."store_id" = o."id" AND s."revoked_at" IS NULL), '[]') AS "staff",
    coalesce((SELECT jsonb_agg(jsonb_build_object('id', b."id", 'name', b."name", 'enrolled', k."tablet_id" IS NOT NULL,
        'seenAt', k."seen_at", 'revoked', b."revoked_at" IS NOT NULL) ORDER BY b."revoked_at" NULLS FIRST, b."name", b."id")
      FROM "tablet" b LEFT JOIN "tablet_key" k ON k."tablet_id" = b."id"
      WHERE b."store_id" = o."id"), '[]') AS "tablets"
  FROM "store" o WHERE o."id" = ANY($1::uuid[]) ORDER BY o."name", o."id"`;

/** Whose PINs somebody sets besides her own: whoever could begin a shift as a colleague has that colleague's rights. */
function rolesWithPinsOf({ roles }: Actor): readonly Role[] {
  return roles.includes('ADMIN') ? floorRoles : rolesBelowManager;
}

/** What a manager looks after in her stores: staff and their PINs, tablets and lost ones. */
@Injectable()
export class StoreDesk {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** The stores in which she works. */
  stores(manager: Actor): Promise<DeskStore[]> {
    return this.database.query<DeskStore>(stores, [manager.storeIds, manager.id, rolesWithPinsOf(manager)]);
  }

  /** Sets or replaces somebody's PIN. @throws Forbidden, EnrolmentFault */
  async setPin(manager: Actor, staffId: string, pin: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      const [her] = await tx.query<{ role: Role }>(
        `SELECT s."role" FROM "staff_store" w JOIN "staff" s ON s."id" = w."staff_id"
         WHERE w."staff_id" = $1 AND w."store_id" = ANY($2::uuid[]) AND s."revoked_at" IS NULL`,
        [staffId, manager.storeIds],
      );
      if (!her) throw new Forbidden(unsaid('access.staff-elsewhere', {}));
      if (staffId !== manager.id && !rolesWithPinsOf(manager).includes(her.role))
        throw new Forbidden(unsaid('access.pin-of-another', {}));
      await setPin(tx, staffId, pin, this.clock.now());
      await this.audit.write(tx, { action: 'staff.pin-set', actor: manager, detail: { staffId } });
    });
  }

  /** A new tablet, and the code that enrols it. @throws Forbidden */
  async addTablet(manager: Actor, storeId: string, name: string): Promise<IssuedEnrolCode> {
    if (!manager.storeIds.includes(storeId)) throw new Forbidden(unsaid('access.store-elsewhere', {}));
    return this.transactions.run(async (tx) => {
      const now = this.clock.now();
      const { id } = await addTablet(tx, { store: storeId, name }, now);
      await this.audit.write(tx, { action: 'tablet.added', actor: manager, storeId, detail: { tabletId: id } });
      return issueEnrolCode(tx, id, now);
    });
  }

  /** A new code for a tablet that was set up anew. @throws Forbidden */
  codeFor(manager: Actor, tabletId: string): Promise<IssuedEnrolCode> {
    return this.transactions.run(async (tx) => {
      await this.ofHers(tx, manager, tabletId);
      await this.audit.write(tx, { action: 'tablet.code-issued', actor: manager, detail: { tabletId } });
      return issueEnrolCode(tx, tabletId, this.clock.now());
    });
  }

  /** A tablet is lost: its tokens and the shifts on it end at once. @throws Forbidden */
  async lose(manager: Actor, tabletId: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      await this.ofHers(tx, manager, tabletId);
      await revoke(tx, tabletId, this.clock.now());
      await this.audit.write(tx, { action: 'tablet.lost', actor: manager, detail: { tabletId } });
    });
  }

  private async ofHers(tx: Tx, manager: Actor, tabletId: string): Promise<void> {
    const [found] = await tx.query(
      `SELECT 1 FROM "tablet" WHERE "id" = $1 AND "store_id" = ANY($2::uuid[]) AND "revoked_at" IS NULL`,
      [tabletId, manager.storeIds],
    );
    if (!found) throw new Forbidden(unsaid('access.tablet-elsewhere', {}));
  }
}
