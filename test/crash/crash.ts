import { parseArgs } from 'node:util';
import type { Victim } from './processes.js';
import { Random } from './random.js';
import { play } from './run.js';

/**
 * `npm run test:crash`: kills web, worker and PostgreSQL under load at seeded random moments and compares what clients were told
 * with what is there; then a control that acknowledges before the commit, in which the same comparison must find losses.
 * `-- --seed N` chooses the moments, `-- --kills N` their number.
 */
const { values } = parseArgs({
  options: { seed: { type: 'string', default: '2026' }, kills: { type: 'string', default: '12' } },
});
const seed = Number(values.seed);
const kills = Number(values.kills);
if (!Number.isInteger(seed) || !Number.isInteger(kills) || kills < 1) {
  console.error('Say --seed and --kills as whole numbers.');
  process.exit(2);
}

const cast: Victim[] = ['web-1', 'postgres', 'worker', 'web-2'];
const random = new Random(seed);
const victims = random.shuffle(Array.from({ length: kills }, (_, index) => cast[index % cast.length] as Victim));
const tell = (line: string): void => console.log(`  ${line}`);
const startedAt = performance.now();

console.log(`Crash test, seed ${seed}, ${kills} kills: acknowledged after the commit`);
const faults = await play({ victims, random, hasty: false, tell });
for (const fault of faults) console.error(`  FAULT: ${fault}`);

console.log('Control, 3 kills: acknowledged before the commit, which must be found out');
const lost = await play({ victims: ['postgres', 'web-1', 'postgres'], random, hasty: true, tell });
console.log(`  found ${lost.length} faults${lost[0] ? `, for example: ${lost[0]}` : ''}`);

const holds = faults.length === 0 && lost.length > 0;
const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
console.log(
  holds
    ? `Holds: everything acknowledged is there once, and the control is caught (${seconds} s).`
    : `Does not hold: ${faults.length} faults, control ${lost.length > 0 ? 'caught' : 'not caught'} (${seconds} s; repeat with --seed ${seed}).`,
);
process.exit(holds ? 0 : 1);
