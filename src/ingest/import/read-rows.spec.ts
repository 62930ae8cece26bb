import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { inspectFile } from './inspect-file.js';
import { openRows } from './read-rows.js';

const folder = mkdtempSync(join(tmpdir(), 'foyer-rows-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const csv = ['id,name', ...Array.from({ length: 20_000 }, (_, n) => `${n},Person ${n}`)].join('\n');

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
  expect(await rowsRead(csv, () => undefined)).toBe(20_000);
});

it.each([
  ['is cut', csv, (path: string) => truncateSync(path, csv.length >> 1)],
  ['is cut at the end of a row', csv, (path: string) => truncateSync(path, csv.lastIndexOf('\n'))],
  ['grows', csv, (path: string) => appendFileSync(path, '\n20000,One More')],
  ['becomes another', csv, (path: string) => writeFileSync(path, csv.replace('Person 7\n', 'Person 8\n'))],
  ['is packed anew', gzipSync(csv), (path: string) => writeFileSync(path, gzipSync(csv.slice(0, 1000)))],
])('does not take a file for read that %s meanwhile', async (_, content, happens) => {
  await expect(rowsRead(content, happens)).rejects.toThrow('The file has changed since it was opened.');
});
