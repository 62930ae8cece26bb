import { setImmediate } from 'node:timers/promises';
import type { SourceView } from '../../access/actor.js';
import type { InspectedFile } from './inspect-file.js';
import type { Mapping } from './mapping.rules.js';
import { openRows } from './read-rows.js';
import { readRow } from './row-message.rules.js';
import { type PreparedRow, prepareRow } from './prepare-row.js';

/** Which rows of which file are read, and how. */
export interface Reading {
  readonly file: InspectedFile;
  readonly mapping: Mapping;
  readonly source: SourceView;
  /** Rows that are left out, because they are in already. */
  readonly skip: number;
  /** Rows that are written together. */
  readonly atOnce: number;
}

/** Rows that are written together, and how much of the file has been read so far. */
export interface Chunk<Row = PreparedRow> {
  readonly rows: Row[];
  readonly bytesRead: number;
}

/** Rows that are read before others get their turn. */
const rowsInARow = 20;

/**
 * Rows as they are written together, with all that can be found out of them ahead; `make` makes of each at once what is kept of it
 * until all are there, since garbage that is old is dear.
 */
export async function* preparedRows<Row>(
  { file, mapping, source, skip, atOnce }: Reading,
  now: () => Date,
  make: (prepared: PreparedRow) => Row,
): AsyncGenerator<Chunk<Row>> {
  const opened = await openRows(
    file,
    mapping.columns.map(({ heading }) => heading),
  );
  const chunkOf = (rows: Row[]): Chunk<Row> => ({ rows, bytesRead: opened.bytesRead() });
  let left = skip;
  let rows: Row[] = [];
  let receivedAt = now();
  const frame = { country: source.country, now: receivedAt };
  for await (const row of opened.rows) {
    if (left > 0) {
      left -= 1;
      continue;
    }
    if (rows.length === 0) receivedAt = now();
    rows.push(make(prepareRow(readRow(row, mapping, frame), source, receivedAt)));
    // Answers of the database to the part before must not wait until all of this one is read.
    if (rows.length % rowsInARow === 0) await setImmediate();
    if (rows.length < atOnce) continue;
    yield chunkOf(rows);
    rows = [];
  }
  if (rows.length > 0) yield chunkOf(rows);
}
