import { after, minutes } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import type { Tx } from '../platform/database/transactions.js';
import type { Reads } from './short-codes.js';
import type { PassRow } from './verdict.rules.js';

/** The same pass in two stores within this time is not one customer on her way. */
export const alarmWithin = minutes(10);

const columns = `id, kind, record_id, configuration_id, hash, key_id, strength, expires_at, used_at, used_visit_id,
  used_store_id, revoked_at`;

/** What is stored of a new pass or link. */
export type NewPass = Pick<
  PassRow,
  'id' | 'record_id' | 'configuration_id' | 'hash' | 'key_id' | 'strength' | 'expires_at'
> & { readonly kind: PassRow['kind'] | 'WALLET' };

/** Stores a pass or link. */
export async function insertPass(db: Reads, pass: NewPass, now: Date): Promise<void> {
  await db.prepared(
    'pass-insert',
    `INSERT INTO pass (id, kind, record_id, configuration_id, hash, key_id, strength, issued_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      pass.id,
      pass.kind,
      pass.record_id,
      pass.configuration_id,
      pass.hash,
      pass.key_id,
      pass.strength,
      now,
      pass.expires_at,
    ],
  );
}

/** The pass with this hash. */
export async function passByHash(db: Reads, hash: Buffer): Promise<PassRow | undefined> {
  const [row] = await db.prepared<PassRow>('pass-by-hash', `SELECT ${columns} FROM pass WHERE hash = $1`, [hash]);
  return row;
}

/** The pass or link with this id. */
export async function passById(db: Reads, id: string): Promise<PassRow | undefined> {
  const [row] = await db.prepared<PassRow>('pass-by-id', `SELECT ${columns} FROM pass WHERE id = $1`, [id]);
  return row;
}

/** The link that already leads from here to a configuration; it lives on until at least `expiresAt`. */
export async function prolongLink(
  db: Reads,
  about: { recordId: string; configurationId: string },
  now: Date,
  expiresAt: Date,
): Promise<{ id: string; key_id: string } | undefined> {
  const [row] = await db.prepared<{ id: string; key_id: string }>(
    'pass-prolong-link',
    `UPDATE pass SET expires_at = greatest(expires_at, $4)
     WHERE id = (SELECT id FROM pass WHERE configuration_id = $1 AND record_id = $2 AND kind = 'LINK'
                 AND revoked_at IS NULL AND expires_at > $3 ORDER BY id LIMIT 1)
     RETURNING id, key_id`,
    [about.configurationId, about.recordId, now, expiresAt],
  );
  return row;
}

/** What is shown, and on which visit. */
interface Showing {
  readonly passId: string;
  readonly visitId: string;
  readonly storeId: string;
  readonly at: Date;
}

const redemption = `
  INSERT INTO redemption (id, pass_id, visit_id, store_id, at, repeated, alarm)
  SELECT $1, $2, $3, $4, $5, $6,
         EXISTS (SELECT 1 FROM redemption WHERE pass_id = $2 AND store_id <> $4 AND at BETWEEN $7 AND $8)`;

function redeemed({ passId, visitId, storeId, at }: Showing, repeated: boolean): unknown[] {
  return [newId(), passId, visitId, storeId, at, repeated, after(at, -alarmWithin), after(at, alarmWithin)];
}

/**
 * Takes a pass for a visit and notes it; undefined when it is no longer there to be taken, for whatever reason. One of many wins.
 * Says whether another store saw it minutes before or after.
 */
export async function takePass(tx: Tx, showing: Showing): Promise<{ alarm: boolean } | undefined> {
  const [taken] = await tx.prepared<{ alarm: boolean }>(
    'pass-take',
    `WITH taken AS (
       UPDATE pass SET used_at = $5, used_visit_id = $3, used_store_id = $4
       WHERE id = $2 AND kind = 'PASS' AND used_at IS NULL AND revoked_at IS NULL AND expires_at > $5 RETURNING 1
     ) ${redemption} FROM taken RETURNING alarm`,
    redeemed(showing, false),
  );
  return taken;
}

/** Notes that a pass or link was shown, and says whether another store saw it minutes before or after. */
export async function noteShown(tx: Tx, { repeated, ...showing }: Showing & { repeated: boolean }): Promise<boolean> {
  // Links are not taken; the lock lets two stores that scan at the same instant see each other.
  tx.send('pass-lock', 'SELECT 1 FROM pass WHERE id = $1 FOR UPDATE', [showing.passId]);
  const [row] = await tx.prepared<{ alarm: boolean }>(
    'redemption-insert',
    `${redemption} RETURNING alarm`,
    redeemed(showing, repeated),
  );
  return row?.alarm ?? false;
}
