import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { joinEmbeddedPostgres } from '../src/platform/postgres/embedded-postgres.js';

const compiled = join(import.meta.dirname, '..');

/** Where the bench keeps its databases between runs. */
export const folder = process.env['BENCH_DIR'] ?? join(compiled, '../node_modules/.cache/foyer-bench');

/** The compiled product, and the compiled bench. */
export const programs = {
  main: join(compiled, 'src/main.js'),
  worker: join(compiled, 'src/worker.js'),
  bare: join(compiled, 'bench/bare.js'),
  documentation: join(compiled, 'bench/documentation.js'),
  load: join(compiled, 'bench/load.js'),
  identity: join(compiled, 'bench/identity/program.js'),
} as const;

/** The PostgreSQL of the bench: Foyer's own, with the settings every start gives it. */
export async function openServer(): Promise<{ urlOf: (database: string) => string; leave: () => Promise<void> }> {
  mkdirSync(folder, { recursive: true });
  const server = await joinEmbeddedPostgres({ dir: join(folder, 'postgres') });
  return {
    urlOf: (database) => {
      const url = new URL(server.url);
      url.pathname = `/${database}`;
      return url.href;
    },
    leave: () => server.leave(),
  };
}

/** Named after everything its content depends on, so that another seed or schema makes another database. */
export function databaseName(customers: number): string {
  const hash = createHash('sha256');
  for (const part of ['migrations', 'bench/seed']) {
    for (const file of readdirSync(join(compiled, part)).sort()) {
      if (file.endsWith('.js')) hash.update(readFileSync(join(compiled, part, file)));
    }
  }
  return `bench_${customers}_${hash.digest('hex').slice(0, 10)}`;
}

/** A connection of one's own. */
export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'foyer-bench' });
  await client.connect();
  return client;
}
