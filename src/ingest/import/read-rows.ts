import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { parse, type CsvError } from 'csv-parse';
import { ImportFault } from './import-fault.js';
import { bytesOf, type InspectedFile } from './inspect-file.js';
import { headingsOf, jsonRows, linesOf } from './json-rows.js';
import { largestRow, type Row } from './row.js';

/** A file that is open for reading: its headings, and its rows one after the other. */
export interface OpenFile {
  readonly format: 'csv' | 'jsonl';
  /** Of a CSV; absent where it is not one. */
  readonly delimiter?: string;
  readonly headings: readonly string[];
  readonly rows: AsyncGenerator<Row>;
  /** Bytes of the file read so far, packed as they are. */
  bytesRead(): number;
  /** Closes a file of which no row has been read; the end of the rows, or of reading them, closes it as well. */
  close(): Promise<void>;
}

/**
 * Opens a file for reading, row by row in constant memory; close it by ending the iteration. The headings of JSON Lines are
 * looked for in the whole file unless they are known already.
 */
export async function openRows(file: InspectedFile, known?: readonly string[]): Promise<OpenFile> {
  let read = 0;
  const text = new Ahead(textOf(file, (count) => (read += count)));
  const opened = { bytesRead: () => read, close: () => text.close() };
  const start = (await text.peek(65_536)).trimStart();
  if (start === '') throw new ImportFault('The file is empty.');
  if (start.startsWith('[')) {
    await text.close();
    throw new ImportFault('This is one JSON list; write one object a line (JSON Lines).');
  }
  if (start.startsWith('{')) {
    const headings = known ?? (await headingsOf(linesOf(textOf(file, () => undefined))));
    return { format: 'jsonl', headings, rows: jsonRows(linesOf(text), headings), ...opened };
  }
  const delimiter = delimiterOf(start);
  const records = csvRecords(text, delimiter);
  const first = await records.next();
  if (first.done) throw new ImportFault('The file is empty.');
  const headings = named(first.value.record);
  return { format: 'csv', delimiter, headings, rows: csvRows(records, headings, first.value.lines), ...opened };
}

/** @throws ImportFault at the end of a file that is another than the one that was inspected. */
async function* textOf(file: InspectedFile, onRead: (bytes: number) => void): AsyncGenerator<string> {
  const decoder = new TextDecoder(file.encoding);
  const hash = createHash('sha256');
  const note = (bytes: Buffer): void => {
    hash.update(bytes);
    onRead(bytes.length);
  };
  for await (const chunk of bytesOf(file.path, file.gzip, note)) {
    const text = decoder.decode(chunk, { stream: true });
    if (text !== '') yield text;
  }
  if (!hash.digest().equals(file.hash))
    throw new ImportFault(
      'The file has changed since it was opened. Import it again when nobody writes to it; what is in already stays.',
    );
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

/** A sequence of which the beginning can be looked at before it is read. */
class Ahead implements AsyncIterable<string> {
  private readonly held: string[] = [];

  constructor(private readonly source: AsyncGenerator<string>) {}

  /** The first parts, at least so many characters where there are so many. */
  async peek(characters: number): Promise<string> {
    while (this.held.join('').length < characters && (await this.more()));
    return this.held.join('');
  }

  async close(): Promise<void> {
    await this.source.return(undefined);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    try {
      while (this.held.length > 0) yield this.held.shift() ?? '';
      for await (const part of this.source) yield part;
    } finally {
      await this.source.return(undefined);
    }
  }

  private async more(): Promise<boolean> {
    const next = await this.source.next();
    if (next.done === true) return false;
    this.held.push(next.value);
    return true;
  }
}

interface CsvRecord {
  readonly record: string[];
  /** Lines up to its end. */
  readonly lines: number;
}

async function* csvRecords(text: AsyncIterable<string>, delimiter: string): AsyncGenerator<CsvRecord> {
  const source = Readable.from(text, { objectMode: true, highWaterMark: 1 });
  let complete = 0;
  const withLines = (record: string[], { lines }: { lines: number }): unknown => {
    complete = lines;
    return { record, lines };
  };
  const parser = parse({
    delimiter,
    // Files that several systems wrote to end their lines in several ways.
    record_delimiter: ['\r\n', '\n', '\r'],
    // What it returns is what comes out, whatever the library's types say.
    on_record: withLines as () => string[],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: largestRow,
  });
  source.on('error', (error) => parser.destroy(error));
  try {
    for await (const record of source.pipe(parser) as AsyncIterable<CsvRecord>) yield record;
  } catch (error) {
    throw told(error, complete);
  } finally {
    source.destroy();
    parser.destroy();
  }
}

/** What is wrong with the row after the last complete one, of which the last line is given. */
function told(error: unknown, complete: number): unknown {
  const { code } = error as CsvError;
  const after = 'Correct it and import again; what is in already stays.';
  if (code === 'CSV_QUOTE_NOT_CLOSED')
    return new ImportFault(
      `A quotation mark in line ${complete + 1} or soon after is never closed, so the rest of the file is one cell. ${after}`,
    );
  if (code === 'CSV_MAX_RECORD_SIZE')
    return new ImportFault(
      `The row that begins in line ${complete + 1} is larger than ${largestRow} bytes; most likely a quotation mark is never closed. ${after}`,
    );
  return error;
}

async function* csvRows(
  records: AsyncGenerator<CsvRecord>,
  headings: readonly string[],
  headerEnd: number,
): AsyncGenerator<Row> {
  let line = headerEnd + 1;
  for await (const { record, lines } of records) {
    // The parser counts a line when its end is read; a cell with line breaks makes a row of several lines.
    yield rowOf(record, headings, Math.min(line, lines));
    line = lines + 1;
  }
}

function rowOf(record: readonly string[], headings: readonly string[], line: number): Row {
  if (record.length === headings.length) return { line, cells: record };
  const detail = `it has ${record.length} cells where the headings are ${headings.length}.`;
  return { line, cells: [], flaw: { reason: 'wrong-column-count', detail, text: JSON.stringify({ row: record }) } };
}

function named(record: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return record.map((heading, index) => {
    const name = heading.trim() || `column ${index + 1}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}

/** The mark that parts the headings most often, outside quotation marks. */
function delimiterOf(start: string): string {
  const line = (/^(?:"[^"]*"|[^"\r\n])*/.exec(start)?.[0] ?? '').replaceAll(/"[^"]*"/g, '');
  const counts = [',', ';', '\t', '|'].map((mark) => [line.split(mark).length - 1, mark] as const);
  const [best] = counts.toSorted(([a], [b]) => b - a);
  return best !== undefined && best[0] > 0 ? best[1] : ',';
}
