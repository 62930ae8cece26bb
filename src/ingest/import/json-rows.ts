import { deepest } from '../judge.rules.js';
import { ImportFault } from './import-fault.js';
import { largestRow, type Row } from './row.js';

/** Fields of a JSON Lines file from which on no more are looked for: keys that are values, such as ids, have no end. */
const mostFields = 1000;

/** The lines of a text. @throws ImportFault at one that is too long for an object. */
export async function* linesOf(text: AsyncIterable<string>): AsyncGenerator<string> {
  let rest: string[] = [];
  let length = 0;
  for await (const part of text) {
    let start = 0;
    for (let end = part.indexOf('\n'); end >= 0; end = part.indexOf('\n', start)) {
      rest.push(part.slice(start, end));
      yield rest.length === 1 ? (rest[0] as string) : rest.join('');
      rest = [];
      length = 0;
      start = end + 1;
    }
    rest.push(part.slice(start));
    length += part.length - start;
    if (length > largestRow)
      throw new ImportFault(`A line is longer than ${largestRow} characters; write one object a line.`);
  }
  const last = rest.join('');
  if (last !== '') yield last;
}

/** A row for each object, its values in the order of the headings. */
export async function* jsonRows(lines: AsyncIterable<string>, headings: readonly string[]): AsyncGenerator<Row> {
  let line = 0;
  for await (const text of lines) {
    line += 1;
    if (text.trim() === '') continue;
    const value = parsed(text);
    if (value === undefined) {
      const detail = 'it is no JSON object.';
      yield { line, cells: [], flaw: { reason: 'not-an-object', detail, text: text.replaceAll('\0', '') } };
      continue;
    }
    const cells = flat(value);
    if (cells === undefined) {
      const detail = `it is nested more than ${deepest} deep.`;
      yield { line, cells: [], flaw: { reason: 'too-deep', detail, text: text.replaceAll('\0', '') } };
      continue;
    }
    yield { line, cells: headings.map((heading) => cells.get(heading)) };
  }
}

function parsed(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The names of all fields that any line has, in the order in which they come. */
export async function headingsOf(lines: AsyncIterable<string>): Promise<string[]> {
  const names = new Set<string>();
  for await (const line of lines) {
    for (const name of flat(parsed(line) ?? {})?.keys() ?? []) names.add(name);
    if (names.size >= mostFields) break;
  }
  return [...names];
}

/** The values of an object by their path; of a list the first counts. Undefined where it is nested too deep. */
function flat(value: object): Map<string, string> | undefined {
  const into = new Map<string, string>();
  return gather(value, '', 1, into) ? into : undefined;
}

function gather(value: object, prefix: string, depth: number, into: Map<string, string>): boolean {
  if (depth > deepest) return false;
  for (const [key, inner] of Object.entries(value) as [string, unknown][]) {
    const isList = Array.isArray(inner);
    const one: unknown = isList ? inner[0] : inner;
    const path = `${prefix}${key}`;
    if (typeof one === 'string') into.set(path, one);
    else if (typeof one === 'number' || typeof one === 'boolean') into.set(path, String(one));
    else if (typeof one === 'object' && one !== null)
      if (!gather(one, `${path}.`, depth + (isList ? 2 : 1), into)) return false;
  }
  return true;
}
