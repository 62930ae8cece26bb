import { finished } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { from } from 'pg-copy-streams';
import type { CopiedRows } from './copied-rows.js';

/**
 * Writes rows by COPY in binary; a row that is there already is an error. Nothing that was sent to the connection may be unanswered; what is
 * asked meanwhile waits until all rows are written.
 */
export async function copyRows(client: ClientBase, table: string, columns: string, rows: CopiedRows): Promise<void> {
  // node-postgres keeps to itself that it pipelines.
  const inside = client as ClientBase & { pipeline: boolean };
  const { pipeline } = inside;
  inside.pipeline = false;
  try {
    const stream = client.query(from(`COPY ${table} (${columns}) FROM STDIN (FORMAT binary)`));
    const end = finished(stream);
    stream.end(rows.bytes());
    await end;
  } finally {
    inside.pipeline = pipeline;
  }
}
