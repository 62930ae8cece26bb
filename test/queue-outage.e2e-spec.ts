import { Pool } from 'pg';
import { openQueue, openWorker } from '../src/platform/queue/queue-backend.js';
import { cloneDatabase, type TestDatabase } from './support/database.js';
import { eventually } from './support/foyer.js';

describe('the queue, when its database is away as a process starts', () => {
  let database: TestDatabase;
  let pool: Pool;

  beforeAll(async () => {
    database = await cloneDatabase();
    const { hostname, port, username, password, pathname } = new URL(database.url);
    // Whoever comes with the wrong password is turned away at once, as by a server that is not there.
    pool = new Pool({
      host: hostname,
      port: Number(port),
      user: decodeURIComponent(username),
      database: pathname.slice(1),
      password: () => (away ? 'wrong' : decodeURIComponent(password)),
      options: '-c search_path=bullmq',
    });
    pool.on('error', () => undefined);
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });
  let away = true;

  it('leaves the process its breath, and works once the database is back', async () => {
    const done: string[] = [];
    const queue = openQueue('outage', { pool });
    queue.on('error', () => undefined);
    const worker = openWorker(
      'outage',
      (job) => Promise.resolve(void done.push(job.name)),
      { pool },
      { concurrency: 2, drainDelay: 1 },
    );
    worker.on('error', () => undefined);
    let breaths = 0;
    const lungs = setInterval(() => (breaths += 1), 10);
    await expect(queue.addBulk([{ name: 'early', data: {}, opts: {} }])).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(breaths).toBeGreaterThan(20);

    away = false;
    await eventually('the queue takes a job again', async () => {
      try {
        await queue.addBulk([{ name: 'late', data: {}, opts: { removeOnComplete: true } }]);
        return true;
      } catch {
        return false;
      }
    });
    await eventually('the worker has done it', () => Promise.resolve(done.includes('late')));
    clearInterval(lungs);
    await worker.close();
    await queue.close();
  }, 60_000);
});
