import { DataSource } from 'typeorm';
import { bigintList, CopiedRows } from '../src/platform/database/copied-rows.js';
import { Transactions } from '../src/platform/database/transactions.js';
import { cloneDatabase, type TestDatabase } from './support/database.js';

let database: TestDatabase;
let dataSource: DataSource;
beforeAll(async () => {
  database = await cloneDatabase();
  dataSource = await new DataSource({ type: 'postgres', url: database.url, extra: { pipeline: true } }).initialize();
  await database.query('CREATE TABLE copied (n int PRIMARY KEY, said text, more jsonb, at timestamptz)');
});
afterAll(async () => {
  await dataSource?.destroy();
  await database?.drop();
});

it('copies every text as it is, and nothing of a batch of which one row cannot be', async () => {
  const transactions = new Transactions(dataSource);
  const odd = ['tab\there', 'line\nfeed', 'carriage\rreturn', 'back\\slash', '\\N', '\\.', '', '„Ünïcödé“ 🚲'];
  const at = new Date('2026-03-10T11:00:00.123Z');
  const rows = new CopiedRows();
  for (const [n, said] of odd.entries()) rows.row(4).integer(n).text(said).json({ said }).time(at.getTime());
  await transactions.run((tx) => tx.copy('copied', 'n, said, more, at', rows));
  const kept = await database.query('SELECT n, said, more, at FROM copied ORDER BY n');
  expect(kept).toEqual(odd.map((said, n) => ({ n, said, more: { said }, at })));

  const again = new CopiedRows().row(1).integer(100).row(1).integer(0);
  const twice = transactions.run((tx) => tx.copy('copied', 'n', again));
  await expect(twice).rejects.toMatchObject({ code: '23505' });
  expect(await database.query('SELECT n FROM copied WHERE n = 100')).toEqual([]);
});

it('copies ids, numbers of every size and lists of them as they are, however many rows there are', async () => {
  const transactions = new Transactions(dataSource);
  const id = '0192f0c1-9a3b-7cde-8F01-23456789abcd';
  const numbers = [0, 1, -1, 2 ** 32, 2 ** 53 - 1, -(2 ** 53) + 1];
  await database.query(
    'CREATE TABLE sized (n bigint, id uuid, list bigint[], is_true boolean, said text, at timestamptz)',
  );
  const rows = new CopiedRows();
  const said = 'x'.repeat(1000);
  for (let n = 0; n < 200; n++)
    rows
      .row(6)
      .bigint(n)
      .uuid(id)
      .bigints(n === 0 ? [] : numbers)
      .boolean(n % 2 === 1)
      .text(said)
      .time(-1);
  await transactions.run((tx) => tx.copy('sized', 'n, id, list, is_true, said, at', rows));
  const kept = await database.query('SELECT n, id, list, is_true, said, at FROM sized ORDER BY n');
  const written = (n: number): object => ({
    n: String(n),
    list: n === 0 ? [] : numbers.map(String),
    is_true: n % 2 === 1,
  });
  const at = new Date(-1);
  expect(kept).toEqual(Array.from({ length: 200 }, (_, n) => ({ ...written(n), id: id.toLowerCase(), said, at })));
  for (const list of [[], numbers]) {
    const [read] = await database.query<{ list: string[] }>('SELECT $1::bigint[] AS list', [bigintList(list)]);
    expect(read?.list).toEqual(list.map(String));
  }
  expect(() => rows.time(Number.NaN)).toThrow('NaN is no time.');
});
