import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openDatabase } from './database.js';
import { LoadProcess } from './load-process.js';
import { measureArrivals } from './measures/arrivals.js';
import { measureContext } from './measures/context.js';
import { measureFacts } from './measures/facts.js';
import { measureGrowth } from './measures/growth.js';
import { measureIdentity } from './measures/identity.js';
import { measureIngest } from './measures/ingest.js';
import { measureReady } from './measures/ready.js';
import { measureScans } from './measures/scan.js';
import { folder, openServer } from './place.js';
import { webMemory } from './process.js';
import { row, table, type Row } from './rows.js';
import { fullSize } from './seed/plan.js';
import type { Stage } from './stage.js';
import { processorTime, stolenSince } from './stolen-time.js';
import { setTheStage } from './visits.js';

/**
 * `npm run bench`: how fast, against what else is possible, on a database of the size it is meant for.
 * `-- --only NAME` (a row or a part), `-- --json` (last line for machines); `-- --customers N` and, for identity, `-- --records N`
 * (smaller ones to try the bench out).
 */
const parts: Record<string, { rows: readonly string[]; measure: (stage: Stage) => Promise<Row[]> }> = {
  ready: { rows: ['ready'], measure: measureReady },
  context: { rows: ['context-vs-bare', 'context-vs-documentation', 'rss'], measure: measureContext },
  growth: { rows: ['context-growth'], measure: measureGrowth },
  arrivals: { rows: ['arrival-p99'], measure: measureArrivals },
  ingest: { rows: ['ingest-vs-bare'], measure: measureIngest },
  scan: { rows: ['scan-to-paint', 'scan-to-paint-just-opened'], measure: measureScans },
  facts: { rows: ['facts-p99', 'facts-p99-redis'], measure: measureFacts },
};
/** The part that has a database of its own. */
const identity = {
  rows: [
    'identity-resolve-p95',
    'identity-resolve-rate',
    'identity-lookup-p95',
    'import-rate',
    'import-vs-bare',
    'import-linkage',
    'import-rss',
  ],
  fullSize: 1_000_000,
};

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
    customers: { type: 'string', default: String(fullSize) },
    records: { type: 'string', default: String(identity.fullSize) },
  },
});
const customers = Number(values.customers);
const records = Number(values.records);
const isChosen = (name: string, names: readonly string[]): boolean =>
  values.only === undefined || name === values.only || names.includes(values.only);
const chosen = Object.entries(parts).filter(([name, part]) => isChosen(name, part.rows));
const isIdentityChosen = isChosen('identity', identity.rows);
const areWhole = [customers, records].every((count) => Number.isInteger(count) && count >= 1000);
if ((chosen.length === 0 && !isIdentityChosen) || !areWhole) {
  const names = Object.entries({ ...parts, identity }).flatMap(([name, part]) => [name, ...part.rows]);
  console.error(
    `--only is one of ${[...new Set(names)].join(', ')}; --customers and --records whole numbers from 1000.`,
  );
  process.exit(2);
}

const tell = (line: string): void => console.log(`  ${line}`);
const server = await openServer();
const load = new LoadProcess();
const rows: Row[] = [];
try {
  const open = async (size: number): Promise<Pick<Stage, 'database' | 'cast'>> => {
    const database = await openDatabase(server.urlOf, size, tell);
    return { database, cast: await setTheStage(database) };
  };
  const busy = loadavg()[0] ?? 0;
  console.log(
    `Foyer bench: ${customers} customers, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}`,
  );
  if (busy > 0.7) console.log(`The machine is busy (load ${busy.toFixed(1)}): figures will be worse than they are.`);
  const redisUrl = process.env['REDIS_URL'] ?? process.env['TEST_REDIS_URL'];
  delete process.env['REDIS_URL'];
  for (const [name, { measure }] of chosen) {
    const stage: Stage = { ...(await open(customers)), load, open, redisUrl, tell };
    const before = processorTime();
    // What cannot be measured here, as a scan without a Chromium, does not take the other rows with it.
    try {
      rows.push(...(await measure(stage)));
    } catch (error) {
      process.exitCode = 1;
      console.error(`${name} was not measured:`, error);
    }
    const stolen = stolenSince(before);
    if (stolen >= 1)
      tell(`${name}: the host of this machine kept ${stolen.toFixed(1)} % of the processor time that was wanted.`);
  }
  if (webMemory.length > 0)
    rows.push(
      row(
        'rss',
        Math.max(...webMemory),
        'MB',
        { most: 350 },
        `largest of ${webMemory.length} web processes at the end of their parts`,
      ),
    );
  if (isIdentityChosen) rows.push(...(await measureIdentity({ urlOf: server.urlOf, records, tell })));
} finally {
  load.stop();
  await server.leave();
}
console.log(`\n${table(rows)}`);
if (customers < fullSize) console.log(`\nTried out on ${customers} customers: the bars are meant for ${fullSize}.`);
if (records < identity.fullSize && isIdentityChosen)
  console.log(`\nIdentity tried out on ${records} records: its bars are meant for ${identity.fullSize}.`);
const json = JSON.stringify({ rows: rows.map(({ detail: _, ...figures }) => figures) });
writeFileSync(join(folder, 'last.json'), `${json}\n`);
if (values.json) console.log(json);
process.exit();
