import type { Reads } from './short-codes.js';

/** A wallet pass as the database holds it: no secret, only the name of the key that makes it. */
export interface WalletRow {
  readonly id: string;
  readonly record_id: string;
  readonly key_id: string;
  readonly issued_at: Date;
  readonly expires_at: Date;
  readonly revoked_at: Date | null;
}

/** A step that was shown before: when, and the visit it opened. */
export interface ShownStep {
  readonly used_at: Date;
  readonly visit_id: string;
  readonly store_id: string;
}

/** The wallet pass with this id. */
export async function walletById(db: Reads, id: string): Promise<WalletRow | undefined> {
  const [row] = await db.prepared<WalletRow>(
    'wallet-by-id',
    `SELECT id, record_id, key_id, issued_at, expires_at, revoked_at FROM pass WHERE id = $1 AND kind = 'WALLET'`,
    [id],
  );
  return row;
}

/** The loyalty number of which a source is sure that it is this record's; the one it has had longest. */
export async function memberNumber(db: Reads, recordId: string): Promise<string | undefined> {
  const [row] = await db.prepared<{ value: string }>(
    'wallet-member-number',
    `SELECT value FROM identifier WHERE record_id = $1 AND kind = 'loyalty' AND asserted
     ORDER BY first_seen_at, key LIMIT 1`,
    [recordId],
  );
  return row?.value;
}

/** What became of a step that was shown before. */
export async function shownStep(db: Reads, id: string, step: number): Promise<ShownStep | undefined> {
  const [row] = await db.prepared<ShownStep>(
    'wallet-shown-step',
    'SELECT used_at, visit_id, store_id FROM wallet_step WHERE pass_id = $1 AND step = $2',
    [id, step],
  );
  return row;
}

/** The visit for which a step is taken. */
export interface TakenFor {
  readonly visitId: string;
  readonly storeId: string;
  readonly at: Date;
}

/** Takes one step for a visit; false when it was taken before or the pass was revoked. Of many at once one wins. */
export async function takeStep(
  db: Reads,
  taken: { readonly passId: string; readonly step: number },
  visit: TakenFor,
): Promise<boolean> {
  const rows = await db.prepared(
    'wallet-take-step',
    `INSERT INTO wallet_step (pass_id, step, used_at, visit_id, store_id)
     SELECT id, $2, $3, $4, $5 FROM pass WHERE id = $1 AND kind = 'WALLET' AND revoked_at IS NULL
     ON CONFLICT DO NOTHING RETURNING 1`,
    [taken.passId, taken.step, visit.at, visit.visitId, visit.storeId],
  );
  return rows.length > 0;
}

/** Ends a wallet pass at once; whose it was, or undefined when there is none of this id. */
export async function revokeWallet(db: Reads, id: string, now: Date): Promise<string | undefined> {
  const [row] = await db.query<{ record_id: string }>(
    `UPDATE pass SET revoked_at = coalesce(revoked_at, $2) WHERE id = $1 AND kind = 'WALLET' RETURNING record_id`,
    [id, now],
  );
  return row?.record_id;
}

/** Forgets steps that nobody can show any more. */
export async function tidySteps(db: Reads, before: Date): Promise<void> {
  await db.query('DELETE FROM wallet_step WHERE used_at < $1', [before]);
}
