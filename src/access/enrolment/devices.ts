import type { JsonWebKey } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { Transactions, type Tx } from '../../platform/database/transactions.js';
import { unsaid } from '../../shared/catalogue/sentences.js';
import { Clock, after, minutes } from '../../shared/clock.js';
import { Keys } from '../../shared/keys.js';
import { Audit } from '../audit.js';
import { Unauthenticated } from '../denial.js';
import { issueToken, type IssuedToken } from './access-tokens.js';
import { challengeFor, isOurs, isSigned, p256 } from './device-challenge.js';
import { codeLasts, useEnrolCode } from './enrol-codes.js';
import { EnrolmentFault } from './enrolment.fault.js';

/** A device asks for the next token before this one ends. */
const tokenLasts = minutes(15);

/** Tablets that prove themselves by a key of their own. */
@Injectable()
export class Devices {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly keys: Keys,
    private readonly clock: Clock,
  ) {}

  /**
   * Trades a code for an enrolment under the device's key; tokens that the tablet had before end. A device that missed the answer may ask again.
   * @throws EnrolmentFault when the code does not work or the key is none.
   */
  async enrol(code: string, publicKey: unknown): Promise<string> {
    const key = p256(publicKey);
    if (key === undefined) throw new EnrolmentFault('The public key must be a JSON Web Key on the curve P-256.');
    const now = this.clock.now();
    return this.transactions.run(async (tx) => {
      const before = await this.enrolledLately(tx, key, now);
      if (before !== undefined) return before;
      const tabletId = await useEnrolCode(tx, code, now);
      await tx.query(
        `INSERT INTO "tablet_key" ("tablet_id", "public_key", "enrolled_at", "seen_at") VALUES ($1, $2, $3, $3)
         ON CONFLICT ("tablet_id") DO UPDATE SET
           "public_key" = excluded."public_key", "enrolled_at" = excluded."enrolled_at", "seen_at" = excluded."seen_at"`,
        [tabletId, JSON.stringify(key), now],
      );
      await tx.query(`UPDATE "access_token" SET "revoked_at" = $2 WHERE "tablet_id" = $1 AND "revoked_at" IS NULL`, [
        tabletId,
        now,
      ]);
      await this.audit.write(tx, { action: 'tablet.enrolled', actor: { kind: 'TABLET', id: tabletId, tabletId } });
      return tabletId;
    });
  }

  /** Something to sign; whether the tablet exists is not told. */
  challenge(tabletId: string): string {
    return challengeFor(this.keys, tabletId, this.clock.now());
  }

  /**
   * A short token for the device that signed its challenge.
   * @throws Unauthenticated when it did not, or is no longer wanted; EnrolmentFault when another challenge is needed.
   */
  async token(tabletId: string, challenge: string, signature: string): Promise<IssuedToken> {
    const now = this.clock.now();
    if (!isOurs(this.keys, tabletId, challenge, now)) throw new EnrolmentFault(unsaid('access.challenge-over', {}));
    const [device] = await this.database.query<{ public_key: JsonWebKey }>(
      `UPDATE "tablet_key" k SET "seen_at" = $2 FROM "tablet" b
       WHERE k."tablet_id"::text = $1 AND b."id" = k."tablet_id" AND b."revoked_at" IS NULL RETURNING k."public_key"`,
      [tabletId, now],
    );
    if (!device || !isSigned(device.public_key, challenge, signature)) {
      throw new Unauthenticated(unsaid('access.tablet-unknown', {}));
    }
    return issueToken(this.database, { tablet: tabletId }, after(now, tokenLasts), now);
  }

  private async enrolledLately(tx: Tx, key: JsonWebKey, now: Date): Promise<string | undefined> {
    const [tablet] = await tx.query<{ id: string }>(
      `SELECT b."id" FROM "tablet_key" k JOIN "tablet" b ON b."id" = k."tablet_id"
       WHERE k."public_key" = $1::jsonb AND k."enrolled_at" > $2 AND b."revoked_at" IS NULL`,
      [JSON.stringify(key), after(now, -codeLasts)],
    );
    return tablet?.id;
  }
}
