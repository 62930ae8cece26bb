import { priorities } from '../../platform/outbox/outbox.js';
import type { Transactions, Tx } from '../../platform/database/transactions.js';
import { newId } from '../../shared/ids.js';
import { isNoRowsFault, unresolvable } from './blame.js';
import { earlierRows, openRun, type ImportRun } from './import-run.store.js';
import { digestOf } from './inspect-file.js';
import { noCounts, type Counts } from './progress.js';
import { type PreparedRow, prepareRow } from './prepare-row.js';
import type { Chunk } from './prepared-rows.js';
import type { RowMessage } from './row-message.rules.js';
import { outcomeOf, writeRows, type Writing } from './write-rows.js';

/** Rows that a rehearsal writes and takes back. */
const rehearsedRows = 200;
const shownRows = 5;

/** What an import would come to. */
export interface Rehearsal {
  /** What the first rows would say. */
  readonly messages: readonly RowMessage[];
  /** What would become of the first rows, together. */
  readonly first: Counts;
  /** Rows of the whole file, and those that cannot be taken in. */
  readonly rows: number;
  readonly rejected: number;
  readonly reasons: Readonly<Record<string, number>>;
}

/** What a rehearsal needs. */
interface Stage {
  readonly transactions: Transactions;
  readonly surroundings: Omit<Writing, 'tx' | 'run'>;
}

/** Writes the first rows and takes them back, and judges all of them, so that nothing changes. */
export async function rehearse(stage: Stage, chunks: () => AsyncIterable<Chunk>): Promise<Rehearsal> {
  const { first, ...counted } = await takenBack(stage, (tx, run) => judgeAll(tx, run, chunks()));
  const messages = first.flatMap(({ row }) => row.message ?? []).slice(0, shownRows);
  return { messages, first: await tryOut(stage, first), ...counted };
}

type Judged = Pick<Rehearsal, 'rows' | 'rejected' | 'reasons'> & { readonly first: readonly PreparedRow[] };

async function judgeAll(tx: Tx, run: ImportRun, chunks: AsyncIterable<Chunk>): Promise<Judged> {
  let first: PreparedRow[] = [];
  let [count, rejected] = [0, 0];
  const reasons: Record<string, number> = {};
  for await (const { rows } of chunks) {
    count += rows.length;
    if (first.length < rehearsedRows) first = [...first, ...rows].slice(0, rehearsedRows);
    const earlier = await earlierRows(
      tx,
      run,
      rows.flatMap(({ named }) => named ?? []),
    );
    for (const row of rows) {
      const outcome = outcomeOf(row, earlier);
      if (!('reason' in outcome)) continue;
      rejected += 1;
      reasons[outcome.reason] = (reasons[outcome.reason] ?? 0) + 1;
    }
  }
  return { first, rows: count, rejected, reasons };
}

/** What becomes of rows together; a row that PostgreSQL refuses is found, and counts as the import would count it. */
async function tryOut(stage: Stage, rows: readonly PreparedRow[]): Promise<Counts> {
  try {
    return await write(stage, rows);
  } catch (error) {
    if (isNoRowsFault(error)) throw error;
    return write(stage, await withoutRefused(stage, rows, error));
  }
}

async function withoutRefused(stage: Stage, rows: readonly PreparedRow[], error: unknown): Promise<PreparedRow[]> {
  const { source, receivedAt } = stage.surroundings;
  if (rows.length === 1) return rows.map(({ row }) => prepareRow(unresolvable(row, error), source, receivedAt));
  const half = Math.ceil(rows.length / 2);
  const found: PreparedRow[] = [];
  for (const part of [rows.slice(0, half), rows.slice(half)]) found.push(...(await acceptable(stage, part)));
  return found;
}

async function acceptable(stage: Stage, rows: readonly PreparedRow[]): Promise<readonly PreparedRow[]> {
  try {
    await write(stage, rows);
    return rows;
  } catch (error) {
    if (isNoRowsFault(error)) throw error;
    return withoutRefused(stage, rows, error);
  }
}

function write(stage: Stage, rows: readonly PreparedRow[]): Promise<Counts> {
  if (rows.length === 0) return Promise.resolve(noCounts);
  return takenBack(stage, (tx, run) => writeRows({ ...stage.surroundings, tx, run }, rows));
}

/** Does something in a transaction of which nothing stays, as an import would. */
async function takenBack<T>(
  { transactions, surroundings }: Stage,
  work: (tx: Tx, run: ImportRun) => Promise<T>,
): Promise<T> {
  const { source, receivedAt } = surroundings;
  // Of no file, so that nobody who rehearses the same waits for it.
  const key = { sourceId: source.id, fileHash: Buffer.alloc(0), fileSize: 0, planHash: digestOf(newId()) };
  let result: { value: T } | undefined;
  try {
    await transactions.run(async (tx) => {
      tx.priority = priorities.bulk;
      result = { value: await work(tx, await openRun(tx, key, receivedAt)) };
      // What was sent without waiting must be answered, and what is asked at the commit asked.
      await tx.query('SET CONSTRAINTS ALL IMMEDIATE');
      throw new OnlyTried();
    });
  } catch (error) {
    if (!(error instanceof OnlyTried)) throw error;
  }
  if (result === undefined) throw new Error('A rehearsal came to nothing.');
  return result.value;
}

/** Ends a transaction of which nothing shall stay. */
class OnlyTried extends Error {}
