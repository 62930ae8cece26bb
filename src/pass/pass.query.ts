import { after, minutes } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
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

/** Takes a pass for a visit; false when it is no longer there to be taken, for whatever reason. One of many wins. */
export async function takePass(
  db: Reads,
  id: string,
  visit: { visitId: string; storeId: string; at: Date },
): Promise<boolean> {
  const taken = await db.prepared(
    'pass-take',
    `UPDATE pass SET used_at = $4, used_visit_id = $2, used_store_id = $3
     WHERE id = $1 AND kind = 'PASS' AND used_at IS NULL AND revoked_at IS NULL AND expires_at > $4 RETURNING 1`,
    [id, visit.visitId, visit.storeId, visit.at],
  );
  return taken.length > 0;
}

/** Notes that a pass or link was shown, and says whether another store saw it minutes before or after. */
export async function noteShown(
  db: Reads,
  shown: { passId: string; visitId: string; storeId: string; at: Date; repeated: boolean },
): Promise<boolean> {
  // Links are not taken; the lock lets two stores that scan at the same instant see each other.
  await db.prepared('pass-lock', 'SELECT 1 FROM pass WHERE id = $1 FOR UPDATE', [shown.passId]);
  const [row] = await db.prepared<{ alarm: boolean }>(
    'redemption-insert',
    `INSERT INTO redemption (id, pass_id, visit_id, store_id, at, repeated, alarm)
     SELECT $1, $2, $3, $4, $5, $6,
            EXISTS (SELECT 1 FROM redemption WHERE pass_id = $2 AND store_id <> $4 AND at BETWEEN $7 AND $8)
     RETURNING alarm`,
    [
      newId(),
      shown.passId,
      shown.visitId,
      shown.storeId,
      shown.at,
      shown.repeated,
      after(shown.at, -alarmWithin),
      after(shown.at, alarmWithin),
    ],
  );
  return row?.alarm ?? false;
}
