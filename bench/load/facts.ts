import pg from 'pg';
import { event } from './batch.js';
import { openLoop, post } from './open-loop.js';

/** Events at a fixed rate, each of another customer, and a look at when her facts have them. */
export interface FactsJob {
  readonly what: 'facts';
  readonly url: string;
  readonly databaseUrl: string;
  readonly key: string;
  /** Numbers of the customers, and their ids. */
  readonly customers: readonly { readonly number: number; readonly id: string }[];
  readonly rate: number;
}

const lookEvery = 20;

/** Milliseconds from the moment an event was accepted until a reader finds it in her facts, to within a look. */
export async function followFacts({ url, databaseUrl, key, customers, rate }: FactsJob): Promise<number[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const before = await versions(
    client,
    customers.map(({ id }) => id),
  );
  const accepted = new Map<string, number>();
  const taken: number[] = [];
  let sending = true;
  const look = async (): Promise<void> => {
    const end = (): boolean => !sending && (accepted.size === 0 || performance.now() > lastAt + 30_000);
    let lastAt = performance.now();
    while (!end()) {
      if (sending) lastAt = performance.now();
      const found = await versions(client, [...accepted.keys()]);
      const now = performance.now();
      for (const [id, version] of found) {
        if (version === before.get(id)) continue;
        taken.push(now - (accepted.get(id) ?? now));
        accepted.delete(id);
      }
      await new Promise((resolve) => setTimeout(resolve, lookEvery));
    }
  };
  const looking = look();
  const authorization = `Basic ${btoa(`${key}:`)}`;
  const tag = process.hrtime.bigint().toString(36);
  await openLoop(rate, customers.length, async (number) => {
    const { number: customer = 0, id = '' } = customers[number] ?? {};
    const body = `{"batch":[${event(`${tag}-${number}`, customer, new Date().toISOString())}]}`;
    await post(`${url}/v1/batch`, authorization, body);
    accepted.set(id, performance.now());
  });
  sending = false;
  await looking;
  const lost = accepted.size;
  await client.end();
  if (lost > 0) throw new Error(`${lost} events were not in any facts after 30 s.`);
  return taken;
}

async function versions(client: pg.Client, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await client.query<{ id: string; version: string }>({
    name: 'versions',
    text: `SELECT customer_id AS id, input_version AS version FROM fact WHERE customer_id = ANY($1::uuid[]) AND step = 'activity'`,
    values: [ids],
  });
  return new Map(rows.map(({ id, version }) => [id, version]));
}
