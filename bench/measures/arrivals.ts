import { arrivalsDocument, checkInDocument } from '../document.js';
import { programs } from '../place.js';
import { run } from '../process.js';
import { median, percentile, row, type Row } from '../rows.js';
import { rounds, type Stage } from '../stage.js';
import type { Arrivals } from '../load/arrivals.js';
import { issuePasses } from '../visits.js';

const rate = 20;
const seconds = 8;
/** Seconds in which what a check-in runs through is compiled in every process, at this rate. */
const warmUp = 60;

/** A check-in at one web process until each tablet of its store, at another one, has it with its context; the queue is worked. */
export async function measureArrivals({ database, cast, load, tell }: Stage): Promise<Row[]> {
  const environment = { DATABASE_URL: database.url };
  const servers = [
    await run('web', programs.main, environment, { args: ['--web'] }),
    await run('web', programs.main, environment, { args: ['--web'] }),
    await run('worker', programs.worker, environment),
  ] as const;
  const [door, hall] = servers;
  const durations = [warmUp, ...Array.from({ length: rounds }, () => seconds)];
  try {
    const visitors = await issuePasses(database, rate * durations.reduce((sum, each) => sum + each, 0));
    const played = await load.run<Arrivals[]>({
      what: 'arrivals',
      checkInUrl: door.url,
      tabletUrl: hall.url,
      tablets: cast.tablets,
      rounds: durations.map((duration) => visitors.splice(0, rate * duration)),
      rate,
      checkIn: checkInDocument,
      arrivals: arrivalsDocument,
    });
    const missed = played.reduce((sum, round) => sum + round.missed, 0);
    if (missed > 0) throw new Error(`Tablets missed ${missed} arrivals.`);
    const measured = played.slice(1).map(({ taken }) => taken);
    for (const [round, taken] of measured.entries()) tell(`arrivals, round ${round + 1}: ${said(taken)}`);
    const p99 = median(measured.map((taken) => percentile(taken, 0.99)));
    return [row('arrival-p99', p99, 'ms', { most: 60 }, said(measured.flat()))];
  } finally {
    for (const server of servers) await server.stop();
  }
}

function said(taken: readonly number[]): string {
  const at = (share: number): string => percentile(taken, share).toFixed(1);
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms of ${taken.length}`;
}
