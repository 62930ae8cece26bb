import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { inspectFile } from './inspect-file.js';
import { openRows } from './read-rows.js';
import type { Row } from './row.js';

const folder = mkdtempSync(join(tmpdir(), 'foyer-rows-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const people = (count: number): string =>
  ['id,name', ...Array.from({ length: count }, (_, n) => `${n},Person ${n}`)].join('\n');
const csv = people(2000);

/** How many rows of a file are read when this happens to it between the look at it and the reading. */
async function rowsRead(content: string | Buffer, happens: (path: string) => void): Promise<number> {
  const path = join(folder, 'people.csv');
  writeFileSync(path, content);
  const { rows } = await openRows(await inspectFile(path).finally(() => happens(path)));
  let count = 0;
  for await (const row of rows) count += row.cells.length > 0 ? 1 : 0;
  return count;
}

it('reads every row of a file that stays as it is', async () => {
  expect(await rowsRead(csv, () => undefined)).toBe(2000);
});

it.each([
  ['is cut', csv, (path: string) => truncateSync(path, csv.length >> 1)],
  ['is cut at the end of a row', csv, (path: string) => truncateSync(path, csv.lastIndexOf('\n'))],
  ['grows', csv, (path: string) => appendFileSync(path, '\n2000,One More')],
  ['becomes another', csv, (path: string) => writeFileSync(path, csv.replace('Person 7\n', 'Person 8\n'))],
  ['is packed anew', gzipSync(csv), (path: string) => writeFileSync(path, gzipSync(csv.slice(0, 1000)))],
])('does not take a file for read that %s meanwhile', async (_, content, happens) => {
  await expect(rowsRead(content, happens)).rejects.toThrow('The file has changed since it was opened.');
});

/** The rows of a file as they are read. */
async function rowsOf(name: string, content: string): Promise<{ headings: readonly string[]; rows: Row[] }> {
  const path = join(folder, name);
  writeFileSync(path, content);
  const opened = await openRows(await inspectFile(path));
  const rows: Row[] = [];
  for await (const row of opened.rows) rows.push(row);
  return { headings: opened.headings, rows };
}

it.each([
  ['headings end otherwise than rows', 'id,name\r\n1,Ann\n2,Bob\n'],
  ['rows end in every way', 'id,name\n1,Ann\r\n2,Bob\r'],
])('reads a CSV whose %s', async (_what, content) => {
  const { headings, rows } = await rowsOf('mixed.csv', content);
  expect(headings).toEqual(['id', 'name']);
  expect(rows).toEqual([
    { line: 2, cells: ['1', 'Ann'] },
    { line: 3, cells: ['2', 'Bob'] },
  ]);
});

it('puts aside a line of JSON that is nested too deep, and reads the others', async () => {
  const deep = (by: number): string => `{"id":"2","x":${'['.repeat(by)}1${']'.repeat(by)}}`;
  const nested = (by: number): string => `${'{"x":'.repeat(by)}1${'}'.repeat(by)}`;
  const lines = ['{"id":"1"}', deep(12_000), nested(12_000), deep(63), deep(64), nested(64), nested(65), '{"id":"8"}'];
  const { headings, rows } = await rowsOf('deep.jsonl', lines.join('\n'));
  expect(headings[0]).toBe('id');
  expect(rows.map(({ flaw }) => flaw?.reason)).toEqual([
    undefined,
    'too-deep',
    'too-deep',
    undefined,
    'too-deep',
    undefined,
    'too-deep',
    undefined,
  ]);
});

it('knows the fields of JSON Lines that only a late line has', async () => {
  const lines = Array.from({ length: 600 }, (_, n) => `{"id":"${n}"}`);
  const { headings, rows } = await rowsOf('late.jsonl', [...lines, '{"id":"600","email":"a@late.example"}'].join('\n'));
  expect(headings).toEqual(['id', 'email']);
  expect(rows.at(-1)?.cells).toEqual(['600', 'a@late.example']);
});

it('says near which line a quotation mark is never closed', async () => {
  const rows = Array.from({ length: 5000 }, (_, n) => `${n + 2},${n === 2998 ? '"' : ''}Person`);
  await expect(rowsOf('quote.csv', ['id,name', ...rows].join('\n'))).rejects.toThrow('in line 3000 or soon after');
});

/** Files of this kind that are open in this process. */
function openFiles(name: string): number {
  return readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(join('/proc/self/fd', fd)).includes(name);
    } catch {
      return false;
    }
  }).length;
}

const tells = existsSync('/proc/self/fd');
(tells ? it : it.skip).each([
  ['looked.csv', people(20_000)],
  ['looked.jsonl', '{"id":"1"}\n'.repeat(30_000)],
])(
  `leaves no file open that was only looked at: %s${tells ? '' : ' (skipped: only Linux tells which are open)'}`,
  async (name, content) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    const opened = await openRows(await inspectFile(path));
    expect(openFiles(name)).toBe(1);
    await opened.close();
    for (let turn = 0; turn < 50 && openFiles(name) > 0; turn += 1) await setTimeout(10);
    expect(openFiles(name)).toBe(0);
  },
);
