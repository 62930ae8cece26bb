import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { from } from 'pg-copy-streams';

/** A row to be copied: a value a column; objects become JSON. */
export type CopiedRow = readonly (string | number | boolean | Date | object | null)[];

/** Characters that are gathered before they are sent. */
const atOnce = 1 << 18;

/** Writes rows by COPY as text, as fast as PostgreSQL takes them; a row that is there already is an error. */
export async function copy(
  client: ClientBase,
  table: string,
  columns: string,
  rows: Iterable<CopiedRow>,
): Promise<void> {
  const stream = client.query(from(`COPY ${table} (${columns}) FROM STDIN`));
  const end = finished(stream);
  // It is told below; until then the stream may have failed without anybody waiting for it.
  end.catch(() => undefined);
  let text = '';
  for (const row of rows) {
    for (const [at, value] of row.entries()) text += at === 0 ? written(value) : `\t${written(value)}`;
    text += '\n';
    if (text.length < atOnce) continue;
    if (!stream.write(text)) await Promise.race([once(stream, 'drain'), end]);
    text = '';
  }
  stream.end(text);
  await end;
}

function written(value: CopiedRow[number]): string {
  if (value === null) return '\\N';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value instanceof Date) return value.toISOString();
  const text = typeof value === 'object' ? JSON.stringify(value) : value;
  return /[\\\t\n\r]/.test(text) ? escaped(text) : text;
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
}
