import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { boot, type Part, type Running } from '../../src/boot.js';
import { FixedClock } from '../../src/shared/clock.js';
import { readConfig, type Config } from '../../src/shared/config.js';
import { cloneDatabase, type TestDatabase } from './database.js';

/** The instant at which stories begin: a Tuesday, noon in Berlin. */
export const noon = new Date('2026-03-10T11:00:00Z');

/** An answer of the GraphQL API. */
export interface Answer<Data> {
  readonly status: number;
  readonly data: Data;
  readonly errors?: {
    message: string;
    path?: string[];
    extensions: { code: string; fields?: string[]; faultId?: string };
  }[];
}

/** A whole Foyer for one test file: real HTTP, a real PostgreSQL, a real queue, a clock that stands still. */
export interface Foyer {
  readonly url: string;
  readonly clock: FixedClock;
  readonly database: TestDatabase;
  readonly config: Config;
  readonly app: INestApplicationContext;
  /** Asks the API; `token` goes into the Authorization header. */
  ask<Data = Record<string, never>>(
    query: string,
    variables?: Record<string, unknown>,
    token?: string,
    headers?: Record<string, string>,
  ): Promise<Answer<Data>>;
  /** Starts one more process on the same database. */
  another(part?: Part): Promise<Running>;
  close(): Promise<void>;
}

let opened = 0;

/**
 * Both back ends of the queue are tested where `TEST_REDIS_URL` names a Redis and `FOYER_TEST_QUEUE` is `redis`.
 * Every Foyer begins with an empty one of Redis's sixteen databases, so that no worker takes jobs of another: four for each worker of Jest.
 */
async function queueOverride(): Promise<Partial<Config>> {
  const redis = process.env['TEST_REDIS_URL'];
  if (process.env['FOYER_TEST_QUEUE'] !== 'redis' || !redis) return {};
  const worker = Number(process.env['JEST_WORKER_ID'] ?? 1) - 1;
  const redisUrl = `${redis}/${(worker % 4) * 4 + (opened++ % 4)}`;
  const client = new Redis(redisUrl);
  await client.flushdb();
  await client.quit();
  return { redisUrl };
}

/** Opens a Foyer of its own, which logs where it is told; close it in `afterAll`. */
export async function openFoyer(
  overrides: Partial<Config> = {},
  part: Part = { web: true, worker: true },
  log?: Logger,
): Promise<Foyer> {
  const directory = mkdtempSync(join(tmpdir(), 'foyer-'));
  const database = await cloneDatabase();
  const clock = new FixedClock(noon);
  const config = readConfig(
    {
      NODE_ENV: 'test',
      PORT: '0',
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'error',
      PUBLIC_URL: 'https://foyer.example',
    },
    {
      databaseUrl: database.url,
      directory,
      ...(await queueOverride()),
      ...overrides,
    },
  );
  const running = await boot(part, config, { clock, ...(log && { log }) });
  const others: Running[] = [];
  const url = running.url ?? '';
  return {
    url,
    clock,
    database,
    config,
    app: running.app,
    ask: (query, variables, token, headers) => ask(url, query, variables, token, headers),
    another: async (other = { web: true, worker: false }) => {
      const next = await boot(
        other,
        readConfig({}, { ...config, instance: `${config.instance}-${others.length + 2}` }),
        { clock },
      );
      others.push(next);
      return next;
    },
    close: async () => {
      for (const other of others) await other.stop();
      await running.stop();
      await database.drop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** The header by which the page of a browser key says where it is from; other keys and tokens are no page's. */
export function pageOf(key: string): { origin: string } | undefined {
  return key.startsWith('foyer_browser_') ? { origin: 'https://shop.example' } : undefined;
}

/** Asks the GraphQL API of any process. */
export async function ask<Data>(
  url: string,
  query: string,
  variables: Record<string, unknown> = {},
  token?: string,
  headers: Record<string, string> = {},
): Promise<Answer<Data>> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
      ...(token && pageOf(token)),
      ...headers,
    },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await response.json()) as { data: Data; errors?: Answer<Data>['errors'] };
  return { status: response.status, data: body.data, ...(body.errors && { errors: body.errors }) };
}

/** Waits until something holds that other processes bring about; fails after `patience` milliseconds, naming it. */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | undefined | false | null>,
  patience = 30_000,
): Promise<T> {
  const end = performance.now() + patience;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (performance.now() > end) throw new Error(`Did not come about within ${patience} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
