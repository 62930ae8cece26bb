import { programs } from '../place.js';
import { run } from '../process.js';
import { median, percentile, row, type Row } from '../rows.js';
import { idOf, openVisits } from '../seed/plan.js';
import { rounds, type Stage } from '../stage.js';

const rate = 200;
/** Customers among whom the events are spread. */
const among = 20_000;
/** Seconds of a round: five of them reach each of the customers once. */
const seconds = among / rate / rounds;
const warmUp = 2;

/** An event accepted until her facts have it, at 200 events a second: on PostgreSQL's queue, and on Redis where one is reachable. */
export async function measureFacts(stage: Stage): Promise<Row[]> {
  const embedded = await measure(stage, 'queue on PostgreSQL', {});
  const rows = [row('facts-p99', embedded.p99, 's', { most: 1.5 }, embedded.detail)];
  if (stage.redisUrl === undefined) return rows;
  const redis = await measure(stage, 'queue on Redis', { REDIS_URL: stage.redisUrl });
  return [...rows, row('facts-p99-redis', redis.p99, 's', { most: 0.7 }, redis.detail)];
}

async function measure(
  { database, cast, load, tell }: Stage,
  queue: string,
  extra: Record<string, string>,
): Promise<{ p99: number; detail: string }> {
  const environment = { DATABASE_URL: database.url, ...extra };
  const web = await run('web', programs.main, environment, { args: ['--web'] });
  const worker = await run('worker', programs.worker, environment);
  // The warm-up ends where the rounds begin.
  let next = among - rate * warmUp;
  const play = async (duration: number): Promise<number[]> => {
    const customers = Array.from({ length: rate * duration }, () => {
      const number = (openVisits + (next++ % among)) % database.customers;
      return { number, id: idOf('shop', number) };
    });
    const job = { what: 'facts', url: web.url, databaseUrl: database.url, key: cast.shopKey, customers, rate } as const;
    return (await load.run<number[]>(job)).map((milliseconds) => milliseconds / 1000);
  };
  const measured: number[][] = [];
  const said = (taken: readonly number[]): string => {
    const at = (share: number): string => percentile(taken, share).toFixed(2);
    return `p50 ${at(0.5)} s, p95 ${at(0.95)} s, p99 ${at(0.99)} s of ${taken.length}, ${queue}`;
  };
  try {
    await play(warmUp);
    for (let round = 0; round < rounds; round += 1) {
      measured.push(await play(seconds));
      tell(`facts, round ${round + 1}: ${said(measured.at(-1) ?? [])}`);
    }
  } finally {
    await web.stop();
    await worker.stop();
  }
  return { p99: median(measured.map((taken) => percentile(taken, 0.99))), detail: said(measured.flat()) };
}
