import { DataSource } from 'typeorm';
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
  const rows = odd.map((said, n) => [n, said, { said }, at]);
  await transactions.run((tx) => tx.copy('copied', 'n, said, more, at', [...rows, [99, null, null, null]]));
  const kept = await database.query('SELECT n, said, more, at FROM copied ORDER BY n');
  const expected = odd.map((said, n) => ({ n, said, more: { said }, at }));
  expect(kept).toEqual([...expected, { n: 99, said: null, more: null, at: null }]);

  const twice = transactions.run((tx) => tx.copy('copied', 'n', [[100], [0]]));
  await expect(twice).rejects.toMatchObject({ code: '23505' });
  expect(await database.query('SELECT n FROM copied WHERE n = 100')).toEqual([]);
});
