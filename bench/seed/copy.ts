import { once } from 'node:events';
import type { Client } from 'pg';
import { from } from 'pg-copy-streams';

/** One row: a value a column; objects become JSON. */
export type Row = readonly (string | number | boolean | Date | object | null)[];

/** Writes rows by COPY, as fast as PostgreSQL takes them. */
export async function copy(client: Client, table: string, columns: string, rows: Iterable<Row>): Promise<void> {
  const stream = client.query(from(`COPY ${table} (${columns}) FROM STDIN`));
  const finished = once(stream, 'finish');
  let text = '';
  for (const row of rows) {
    text += `${row.map(written).join('\t')}\n`;
    if (text.length < 1 << 18) continue;
    if (!stream.write(text)) await once(stream, 'drain');
    text = '';
  }
  stream.end(text);
  await finished;
}

function written(value: Row[number]): string {
  if (value === null) return '\\N';
  const text =
    value instanceof Date ? value.toISOString() : typeof value === 'object' ? JSON.stringify(value) : String(value);
  return /[\\\t\n]/.test(text) ? text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n') : text;
}
