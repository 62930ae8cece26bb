import type { INestApplicationContext } from '@nestjs/common';
import { Client } from 'pg';
import type { Clock } from '../shared/clock.js';
import type { Config } from '../shared/config.js';
import { newId } from '../shared/ids.js';

/** Lends the whole of Foyer on an empty database of its own on the configured server; the database is dropped afterwards. */
export async function withScratch<T>(
  config: Config,
  clock: Clock,
  work: (app: INestApplicationContext) => Promise<T>,
): Promise<T> {
  if (config.databaseUrl) return onServer(config.databaseUrl, config, clock, work);
  const { joinEmbeddedPostgres } = await import('../platform/postgres/embedded-postgres.js');
  const server = await joinEmbeddedPostgres({ dir: config.directory });
  try {
    return await onServer(server.url, config, clock, work);
  } finally {
    await server.leave();
  }
}

async function onServer<T>(
  url: string,
  config: Config,
  clock: Clock,
  work: (app: INestApplicationContext) => Promise<T>,
): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000, application_name: 'foyer-cli' });
  client.on('error', () => undefined);
  await client.connect();
  const name = `foyer_scratch_${newId().replaceAll('-', '')}`;
  try {
    await create(client, name);
    try {
      const { boot } = await import('../boot.js');
      const quiet = { ...config, databaseUrl: at(url, name), redisUrl: undefined, logLevel: 'silent' as const };
      const running = await boot({ web: false, worker: false }, quiet, { clock });
      try {
        return await work(running.app);
      } finally {
        await running.stop();
      }
    } finally {
      await client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    }
  } finally {
    await client.end();
  }
}

async function create(client: Client, name: string): Promise<void> {
  try {
    await client.query(`CREATE DATABASE "${name}"`);
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error;
    throw new Error('The scratch database cannot be created: give the user of DATABASE_URL the right CREATEDB.');
  }
}

function at(url: string, database: string): string {
  const scratch = new URL(url);
  scratch.pathname = `/${database}`;
  return scratch.href;
}
