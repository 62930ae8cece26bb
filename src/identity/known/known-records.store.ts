import type { Tx } from '../../platform/database/transactions.js';
import type { Profile } from '../evidence/profile.rules.js';
import type { KnownRecord } from './known-records.js';

/** How far writing has come: the turn of the record that was written last, and how often records were removed. */
export interface Turns {
  turn: number;
  removal: number;
}

/** How far writing has come; of whoever holds the lock of the whole room nobody else writes before she ends. */
export async function readTurns(tx: Tx): Promise<Turns> {
  const [row] = await tx.prepared<Turns>(
    'identity-turns',
    `SELECT coalesce(pg_sequence_last_value('record_turn'), 0)::float8 AS turn,
       coalesce(pg_sequence_last_value('record_removal'), 0)::float8 AS removal`,
  );
  return row as Turns;
}

/** Notes that records are removed, of which nothing is left that could tell. */
export function noteRemoval(tx: Tx): void {
  tx.send('identity-note-removal', `SELECT nextval('record_removal')`);
}

const columns = `id, trusted, normalised AS profile, array_to_string(match_keys, ',') AS keys`;

interface KnownRow {
  id: string;
  trusted: boolean;
  profile: Profile;
  /** Parted by commas, which is read faster than a list is by the driver. */
  keys: string;
}

/** Records that were written after a turn. */
export async function writtenSince(tx: Tx, turn: number): Promise<KnownRecord[]> {
  const rows = await tx.prepared<KnownRow>('identity-written-since', `SELECT ${columns} FROM record WHERE turn > $1`, [
    turn,
  ]);
  return rows.map(known);
}

/** The next records in the order of their ids, some thousand of them. */
export async function recordsAfter(tx: Tx, id: string): Promise<KnownRecord[]> {
  const rows = await tx.prepared<KnownRow>(
    'identity-records-after',
    `SELECT ${columns} FROM record WHERE id > $1 ORDER BY id LIMIT 2000`,
    [id],
  );
  return rows.map(known);
}

/** How many records there are. */
export async function countOfRecords(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ count: number }>(`SELECT count(*)::int AS count FROM record`);
  return row?.count ?? 0;
}

function known({ keys, ...rest }: KnownRow): KnownRecord {
  return { ...rest, keys: keys === '' ? [] : keys.split(',').map(Number) };
}
