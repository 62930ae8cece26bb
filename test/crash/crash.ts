import { parseArgs } from 'node:util';
import type { Victim } from './processes.js';
import { Random } from './random.js';
import { play, type Kill } from './run.js';
import { lostByKind } from './verify.js';

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
const evenly = Array.from({ length: kills }, (_, index) => cast[index % cast.length] as Victim);
// Nobody else draws from this one, so the seed alone chooses victims and moments, however far the load gets in between.
const chance = new Random(seed);
const moments = (victims: readonly Victim[]): Kill[] =>
  victims.map((victim) => ({ victim, after: chance.between(200, 2_500) }));
const plan = moments(chance.shuffle(evenly));
const control = moments(['postgres', 'web-1', 'postgres']);
const tell = (line: string): void => console.log(`  ${line}`);
const startedAt = performance.now();

console.log(`Crash test, seed ${seed}, ${kills} kills: acknowledged after the commit`);
const { lost, wrong } = await play({ kills: plan, load: new Random(~seed), hasty: false, tell });
const faults = [...lost, ...wrong];
for (const fault of faults) console.error(`  FAULT: ${fault}`);

console.log('Control, 3 kills: acknowledged before the commit, which must be found out');
const { lost: caught } = await play({ kills: control, load: new Random(~seed), hasty: true, tell });
const found = lostByKind(caught);
console.log(`  found lost: ${found.map(({ what, count }) => `${count} × ${what}`).join(', ')}`);

const holds = faults.length === 0 && caught.length > 0;
const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
console.log(
  holds
    ? `Holds: everything acknowledged is there once, and the control is caught (${seconds} s).`
    : `Does not hold: ${faults.length} faults, control ${caught.length > 0 ? 'caught' : 'not caught'} (${seconds} s; repeat with --seed ${seed}).`,
);
process.exit(holds ? 0 : 1);
