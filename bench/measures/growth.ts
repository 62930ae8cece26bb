import { visitBody } from '../document.js';
import { programs } from '../place.js';
import { run } from '../process.js';
import { median, percentile, row, type Row } from '../rows.js';
import { rounds, type Stage } from '../stage.js';

const rate = 100;
const seconds = 8;
const warmUp = 4;
const few = 2_000;

/** How much slower a context is among all customers than among 2,000. */
export async function measureGrowth({ database, cast, load, open, tell }: Stage): Promise<Row[]> {
  const small = await open(few);
  const places = { many: { database, cast }, few: small };
  const started = {
    many: await run('web', programs.main, { DATABASE_URL: database.url }, { args: ['--web'] }),
    few: await run('web', programs.main, { DATABASE_URL: small.database.url }, { args: ['--web'] }),
  };
  type Name = keyof typeof places;
  const names = Object.keys(places) as Name[];
  const measured: Record<Name, number[]> = { many: [], few: [] };
  const ask = async (name: Name, duration: number): Promise<number> => {
    const { visits } = places[name].cast;
    const requests = visits.map(({ id, token }) => ({ body: visitBody(id), authorization: `Bearer ${token}` }));
    const url = `${started[name].url}/graphql`;
    const taken = await load.run<number[]>({
      what: 'latency',
      url,
      rate,
      count: rate * duration,
      requests: mixed(requests),
    });
    return percentile(taken, 0.95);
  };
  try {
    for (const name of names) await ask(name, warmUp);
    for (let round = 0; round < rounds; round += 1) {
      for (const name of names) measured[name].push(await ask(name, seconds));
      tell(
        `growth, round ${round + 1}: p95 ${names.map((name) => `${name} ${measured[name].at(-1)?.toFixed(2)} ms`).join(', ')}`,
      );
    }
  } finally {
    for (const name of names) await started[name].stop();
  }
  const ratio = median(measured.many.map((value, round) => value / (measured.few[round] ?? 1)));
  const detail = `p95 ${median(measured.many).toFixed(2)} ms against ${median(measured.few).toFixed(2)} ms at ${rate}/s`;
  return [row('context-growth', ratio, '×', { most: 1.3 }, detail)];
}

/** All of them, not in the order in which they lie on disk. */
function mixed<T>(things: readonly T[]): T[] {
  const step = 7919;
  return things.map((_, place) => things[(place * step) % things.length] as T);
}
