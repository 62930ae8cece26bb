import { createWriteStream } from 'node:fs';
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { entities, migrations } from '../../ormconfig.js';
import { dataSourceFor } from '../../src/platform/database/data-source.js';
import { migrate } from '../../src/platform/database/migrate.js';
import { peopleCsv, personRow } from '../identity/people.js';
import type { Figures } from '../identity/program.js';
import { connect, folder, programs } from '../place.js';
import { residentMegabytes } from '../process.js';
import { figure, row, type Row } from '../rows.js';

/** Where, and how many records are loaded. */
export interface IdentityStage {
  readonly urlOf: (database: string) => string;
  readonly records: number;
  readonly tell: (line: string) => void;
}

/** Seconds of each measurement on the loaded database. */
const seconds = 30;
/** Rows that the bare insert is measured with at most, of the same file, in the chunks of the importer. */
const mostBare = 200_000;
const atOnce = 1000;

/**
 * Loads a file of people through the import, which is the first thing measured, then resolves new ones record by record
 * and looks people up among them.
 */
export async function measureIdentity({ urlOf, records, tell }: IdentityStage): Promise<Row[]> {
  const name = `bench_identity_${records}`;
  const url = urlOf(name);
  const admin = await connect(urlOf('postgres'));
  await admin.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
  await admin.query(`CREATE DATABASE "${name}"`);
  await admin.end();
  const dataSource = dataSourceFor({ url, poolSize: 2, entities, migrations });
  await dataSource.initialize();
  await migrate(dataSource);
  await dataSource.destroy();
  const client = await connect(url);
  try {
    const bare = await insertBare(client, Math.min(records, mostBare));
    tell(`identity: bare insert ${bare.toFixed(0)} rows/s`);
    const file = join(folder, `people-${records}.csv`);
    await pipeline(peopleCsv(records), createWriteStream(file));
    const imported = await program(url, tell, 'import', file);
    const { rows = 0, milliseconds = 1, linkage = 0, joined = 0, resident = 0, rejected = 0 } = imported;
    if (rows !== records || rejected > 0) throw new Error(`${rows} rows came in, ${rejected} were rejected.`);
    const rate = (rows * 1000) / milliseconds;
    tell(`identity: import ${rate.toFixed(0)} rows/s, ${joined} joined, ${resident.toFixed(0)} MB`);
    await client.query('VACUUM (ANALYZE)');
    const found = await program(url, tell, 'look-up', String(records), String(seconds));
    const single = await program(url, tell, 'resolve', String(records), String(seconds));
    const perMillion = (linkage / 1000) * (1_000_000 / records);
    const p = (value: number | undefined): string => (value ?? Number.NaN).toFixed(1);
    return [
      row(
        'identity-resolve-p95',
        single['p95'] ?? Number.NaN,
        'ms',
        { most: 15 },
        `8 clients, p50 ${p(single['p50'])}, p99 ${p(single['p99'])} ms`,
      ),
      row('identity-resolve-rate', single['rate'] ?? 0, 'records/s', { least: 800 }, '8 clients, resolve and write'),
      row(
        'identity-lookup-p95',
        found['p95'] ?? Number.NaN,
        'ms',
        { most: 10 },
        `p50 ${p(found['p50'])} ms, ${found['found']} of ${found['count']} found`,
      ),
      row('import-rate', rate, 'rows/s', { least: 4000 }, `${rows} rows, ${joined} joined`),
      figure(
        'import-vs-bare',
        rate / bare,
        '×',
        `${rate.toFixed(0)} rows/s against ${bare.toFixed(0)} of a bare insert`,
      ),
      row('import-linkage', perMillion, 's a million', { most: 60 }, 'keys, comparing, edges, deciding who is whose'),
      row('import-rss', resident, 'MB', { most: 1024 }, 'most memory of the importing process'),
    ];
  } finally {
    await client.end();
  }
}

/** The same rows into one table with a primary key, as many a transaction as the importer takes. */
async function insertBare(client: Client, count: number): Promise<number> {
  await client.query('CREATE TABLE bare (id text PRIMARY KEY, said json NOT NULL)');
  const start = performance.now();
  for (let from = 0; from < count; from += atOnce) {
    const rows = Array.from({ length: Math.min(atOnce, count - from) }, (_, at) => personRow(from + at));
    await client.query({
      name: 'bare',
      text: 'INSERT INTO bare SELECT * FROM unnest($1::text[], $2::json[])',
      values: [rows.map(([id]) => id), rows.map((said) => JSON.stringify(said))],
    });
  }
  const taken = (performance.now() - start) / 1000;
  await client.query('DROP TABLE bare');
  return count / taken;
}

/** Runs one task in a process of its own; its figures, and the most memory it was seen to have. */
async function program(url: string, tell: (line: string) => void, ...task: readonly string[]): Promise<Figures> {
  const child = fork(programs.identity, [...task], {
    env: { ...process.env, DATABASE_URL: url, FOYER_DIR: join(folder, 'foyer') },
    // As the command is launched; a server is not.
    execArgv: task[0] === 'import' ? ['--max-semi-space-size=8'] : [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  let resident = 0;
  const look = setInterval(() => {
    if (child.exitCode === null && child.pid !== undefined) resident = Math.max(resident, residentMegabytes(child.pid));
  }, 250);
  const figures: Figures[] = [];
  child.on('message', (message) => figures.push(message as Figures));
  try {
    const [code] = (await once(child, 'exit')) as [number | null];
    const [said] = figures;
    if (said === undefined) throw new Error(`identity ${task[0]} ended with ${code} and said nothing.`);
    tell(`identity ${task[0]}: ${JSON.stringify(said)}`);
    return { ...said, resident };
  } finally {
    clearInterval(look);
    child.kill('SIGKILL');
  }
}
