import type { Tx } from '../../platform/database/transactions.js';
import { newId } from '../../shared/ids.js';
import { ImportFault } from './import-fault.js';
import { noCounts, type Counts } from './progress.js';

/** What is imported: a file, by its content, read in one way, as one source. */
export interface ImportKey {
  readonly sourceId: string;
  readonly fileHash: Buffer;
  readonly fileSize: number;
  readonly planHash: Buffer;
}

/** How far an import has come. */
export interface ImportRun {
  readonly id: string;
  readonly rowsDone: number;
  readonly counts: Counts;
}

interface Stored {
  readonly id: string;
  readonly rows_done: string;
  readonly counts: Partial<Counts>;
  readonly finished_at: Date | null;
}

/** Begins an import, or finds how far it came before it was broken off; one that had ended begins anew. */
export async function openRun(tx: Tx, key: ImportKey, now: Date): Promise<ImportRun> {
  const values = [key.sourceId, key.fileHash, key.fileSize, key.planHash];
  await tx.query(
    `INSERT INTO import_run (id, source_id, file_hash, file_size, plan_hash, started_at)
     VALUES ($5, $1, $2, $3, $4, $6) ON CONFLICT DO NOTHING`,
    [...values, newId(), now],
  );
  const [found] = await tx.query<Stored>(
    `SELECT id, rows_done, counts, finished_at FROM import_run
     WHERE source_id = $1 AND file_hash = $2 AND file_size = $3 AND plan_hash = $4 FOR UPDATE`,
    values,
  );
  if (found === undefined) throw new Error('An import that was just begun is not there.');
  if (found.finished_at === null)
    return { id: found.id, rowsDone: Number(found.rows_done), counts: { ...noCounts, ...found.counts } };
  await tx.query(
    `UPDATE import_run SET started_at = $2, rows_done = 0, counts = '{}', finished_at = NULL WHERE id = $1`,
    [found.id, now],
  );
  return { id: found.id, rowsDone: 0, counts: noCounts };
}

/** Notes in the transaction of the rows that they are in. @throws ImportFault when another process does the same. */
export async function advanceRun(tx: Tx, run: ImportRun, next: ImportRun): Promise<void> {
  const rows = await tx.prepared(
    'import-advance',
    `UPDATE import_run SET rows_done = $3, counts = $4 WHERE id = $1 AND rows_done = $2 AND finished_at IS NULL RETURNING id`,
    [run.id, run.rowsDone, next.rowsDone, JSON.stringify(next.counts)],
  );
  if (rows.length === 0) throw new ImportFault('Another process imports this file; wait until it has ended.');
}

/** Notes that all rows are in, and forgets which rows they were. */
export async function finishRun(tx: Tx, run: ImportRun, now: Date): Promise<void> {
  await tx.query('UPDATE import_run SET finished_at = $2 WHERE id = $1', [run.id, now]);
  await tx.query('DELETE FROM import_row WHERE run_id = $1', [run.id]);
}

/** Forgets how far an import has come, and which rows they were. */
export async function forgetRun(tx: Tx, run: ImportRun): Promise<void> {
  await tx.query('DELETE FROM import_row WHERE run_id = $1', [run.id]);
  await tx.query('DELETE FROM import_run WHERE id = $1', [run.id]);
}

/** A row by the id that its source gives the person, and what it says; both as 64 bits of a digest. */
export interface NamedRow {
  readonly key: bigint;
  readonly content: bigint;
  readonly line: number;
}

/** The line on which the id of a row stood before, and whether that row said the same. */
export interface EarlierRow {
  readonly line: number;
  readonly same: boolean;
}

/** For rows whose id the file had before: the line on which it stood and whether it said the same. */
export async function earlierRows(tx: Tx, run: ImportRun, rows: readonly NamedRow[]): Promise<Map<number, EarlierRow>> {
  if (rows.length === 0) return new Map();
  const fresh = await tx.prepared<{ line: string }>(
    'import-new-rows',
    `INSERT INTO import_row (run_id, row_key, content, line)
     SELECT DISTINCT ON (row_key) $1::uuid, row_key, content, line
     FROM unnest($2::bigint[], $3::bigint[], $4::bigint[]) AS said (row_key, content, line) ORDER BY row_key, line
     ON CONFLICT DO NOTHING RETURNING line`,
    [run.id, rows.map((row) => row.key), rows.map((row) => row.content), rows.map((row) => row.line)],
  );
  if (fresh.length === rows.length) return new Map();
  const lines = new Set(fresh.map(({ line }) => Number(line)));
  const known = rows.filter(({ line }) => !lines.has(line));
  const said = await tx.prepared<{ at: number; line: string; same: boolean }>(
    'import-known-rows',
    `SELECT said.line::int AS at, first.line, first.content = said.content AS same
     FROM unnest($2::bigint[], $3::bigint[], $4::bigint[]) AS said (row_key, content, line)
     JOIN import_row first ON first.run_id = $1 AND first.row_key = said.row_key AND first.line <> said.line`,
    [run.id, known.map((row) => row.key), known.map((row) => row.content), known.map((row) => row.line)],
  );
  return new Map(said.map(({ at, line, same }) => [at, { line: Number(line), same }]));
}
