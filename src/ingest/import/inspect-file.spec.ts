import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspectFile } from './inspect-file.js';
import { openRows } from './read-rows.js';

const folder = mkdtempSync(join(tmpdir(), 'foyer-text-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function read(bytes: Buffer): Promise<{ note: string; headings: readonly string[]; cells: unknown[] }> {
  const path = join(folder, 'people.csv');
  writeFileSync(path, bytes);
  const file = await inspectFile(path);
  const { headings, rows } = await openRows(file);
  const cells: unknown[] = [];
  for await (const row of rows) cells.push(row.cells);
  return { note: file.encodingNote, headings, cells };
}

const umlauts = 'id,name\n1,Jürgen Weiß\n2,Ines Löwe\n';
const broken = Buffer.concat([Buffer.from(umlauts), Buffer.from([0x33, 0x2c, 0xff, 0x0a])]);
const latin = Buffer.from(umlauts, 'latin1');

it.each([
  ['one byte that is damaged', broken, 'UTF-8, damaged in one place, where � stands for what cannot be read'],
  [
    'a byte order mark before what is mostly no UTF-8',
    Buffer.concat([Buffer.from('\ufeff'), Buffer.from('id,name\n1,Jürgen\n', 'latin1')]),
    'UTF-8 with byte order mark, damaged in one place, where � stands for what cannot be read',
  ],
  ['no UTF-8 at all', latin, 'Latin-1 (Windows-1252), because it is not valid UTF-8'],
  ['the beginning of a character at its end', Buffer.from([...Buffer.from(umlauts), 0xe2, 0x82]), /damaged in one/],
])('reads the text of a file with %s', async (_what, bytes, note) => {
  const text = await read(bytes);
  expect(text.headings).toEqual(['id', 'name']);
  expect(text.note).toMatch(note);
});

it('leaves all but the damaged byte as it was', async () => {
  expect((await read(broken)).cells).toEqual([
    ['1', 'Jürgen Weiß'],
    ['2', 'Ines Löwe'],
    ['3', '\ufffd'],
  ]);
});

const letters = {
  Cyrillic: 'имя;фамилия;город\nОльга;Петрова;Казань\nИван;Смирнов;Москва\n',
  Greek: 'όνομα;πόλη\nΝίκος;Αθήνα\n',
  Chinese: '名字;城市\n王小明;北京\n',
};
it.each(
  Object.entries(letters).flatMap(([name, text]) => [
    { name, text, order: 'UTF-16LE', bytes: Buffer.from(text, 'utf16le') },
    { name, text, order: 'UTF-16BE', bytes: Buffer.from(text, 'utf16le').swap16() },
  ]),
)('reads $name in $order without a byte order mark', async ({ text, order, bytes }) => {
  const { note, headings } = await read(bytes);
  expect(note).toBe(order);
  expect(headings).toEqual(text.split('\n')[0]?.split(';'));
});

it.each([
  ['Cyrillic in UTF-8', Buffer.from(letters.Cyrillic)],
  ['a zero byte now and then', Buffer.from('id,name,city\n1,An\0na,Ulm\n2,Bert,Ulm\n3,Carla Maria,Ulm\n')],
])('takes %s for UTF-8', async (_what, bytes) => {
  expect((await read(bytes)).note).toBe('UTF-8');
});

it('refuses a spreadsheet whatever is said of its text, and tells that text said to be UTF-8 is damaged', async () => {
  const path = join(folder, 'said.csv');
  writeFileSync(path, Buffer.from('PK\u0003\u0004 and more'));
  await expect(inspectFile(path, 'windows-1251')).rejects.toThrow(/ZIP or a spreadsheet/);
  writeFileSync(path, broken);
  expect((await inspectFile(path, 'utf-8')).encodingNote).toBe('utf-8, as was said, though 1 of its bytes are none');
});
