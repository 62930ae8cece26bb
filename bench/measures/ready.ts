import { programs } from '../place.js';
import { run } from '../process.js';
import { median, row, type Row } from '../rows.js';
import { rounds, type Stage } from '../stage.js';

/** Seconds from the start of a web process until it says that it is ready, on existing data. */
export async function measureReady({ database, tell }: Stage): Promise<Row[]> {
  const measured: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const web = await run('web', programs.main, { DATABASE_URL: database.url }, { args: ['--web'] });
    measured.push(web.readyAfter / 1000);
    await web.stop();
  }
  tell(`ready: ${measured.map((seconds) => `${seconds.toFixed(2)} s`).join(', ')}`);
  return [row('ready', median(measured), 's', { most: 3 }, 'web process, start to ready on existing data')];
}
