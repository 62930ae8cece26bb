import { DataSource } from 'typeorm';
import { Transactions, type Tx } from '../src/platform/database/transactions.js';
import { bigintList, CopiedRows } from '../src/platform/database/copied-rows.js';
import { cloneDatabase, type TestDatabase } from './support/database.js';

let database: TestDatabase;
let dataSource: DataSource;
let transactions: Transactions;
beforeAll(async () => {
  database = await cloneDatabase();
  const extra = { pipeline: true };
  dataSource = await new DataSource({ type: 'postgres', url: database.url, extra }).initialize();
  transactions = new Transactions(dataSource);
  await database.query('CREATE TABLE kept (n int PRIMARY KEY, at int)');
  await database.query('CREATE TABLE copied (n int PRIMARY KEY, said text, more jsonb, at timestamptz)');
});
afterAll(async () => {
  await dataSource?.destroy();
  await database?.drop();
});

const keep = (tx: Tx, n: number): void => tx.send('keep', 'INSERT INTO kept (n) VALUES ($1)', [n]);
const allKept = async (): Promise<number[]> =>
  (await database.query<{ n: number }>('SELECT n FROM kept ORDER BY n')).map(({ n }) => n);

it('runs what is sent in order, before whatever is asked next', async () => {
  const seen = await transactions.run(async (tx) => {
    keep(tx, 1);
    keep(tx, 2);
    return tx.query('SELECT n FROM kept ORDER BY n');
  });
  expect(seen).toEqual([{ n: 1 }, { n: 2 }]);
  expect(await allKept()).toEqual([1, 2]);
});

it('keeps nothing, runs no hook and says why when the last thing sent fails', async () => {
  let told = false;
  const failing = transactions.run(async (tx) => {
    tx.afterCommit(() => (told = true));
    keep(tx, 3);
    keep(tx, 1);
  });
  await expect(failing).rejects.toMatchObject({ code: '23505' });
  expect(told).toBe(false);
  expect(await allKept()).toEqual([1, 2]);
});

it('says why a transaction failed, not that it had failed, to whoever asks after a failure', async () => {
  const failing = transactions.run(async (tx) => {
    keep(tx, 1);
    return tx.query('SELECT n FROM kept');
  });
  await expect(failing).rejects.toMatchObject({ code: '23505' });
});

it('does not commit although the failure of a statement was caught', async () => {
  const failing = transactions.run(async (tx) => {
    keep(tx, 4);
    await tx.query('SELECT 1 / 0').catch(() => undefined);
  });
  await expect(failing).rejects.toThrow('rolled back');
  expect(await allKept()).toEqual([1, 2]);
});

it('runs two anew that would wait in a circle with what they send', async () => {
  let [attempts, met] = [0, () => undefined as void];
  const both = new Promise<void>((resolve) => (met = resolve));
  const swap = (first: number, second: number): Promise<void> =>
    transactions.run(async (tx) => {
      const take = 'UPDATE kept SET at = n WHERE n = $1';
      await tx.query(take, [first]);
      attempts += 1;
      if (attempts === 2) met();
      await both;
      tx.send('take', take, [second]);
    });
  await Promise.all([swap(1, 2), swap(2, 1)]);
  // Three, or more where the one that runs anew is back before the other has woken.
  expect(attempts).toBeGreaterThan(2);
});

it('copies every text as it is, and nothing of a batch of which one row cannot be', async () => {
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
