import { DataSource } from 'typeorm';
import { Transactions, type Tx } from '../src/platform/database/transactions.js';
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
