import { connect, programs } from '../place.js';
import { run } from '../process.js';
import { median, row, type Row } from '../rows.js';
import { rounds, type Stage } from '../stage.js';
import type { Throughput } from '../load/throughput.js';

const seconds = 5;
const warmUp = 2;
const connections = 16;

/** Events accepted through `/v1/batch`, 100 a batch, durable; nobody works the queue meanwhile. */
export async function measureIngest({ database, cast, load, tell }: Stage): Promise<Row[]> {
  const environment = { DATABASE_URL: database.url };
  const servers = {
    product: await run('web', programs.main, environment, { args: ['--web'] }),
    bare: await run('web', programs.bare, environment),
  };
  type Name = keyof typeof servers;
  const names = Object.keys(servers) as Name[];
  const client = await connect(database.url);
  const measured: Record<Name, number[]> = { product: [], bare: [] };
  const send = async (name: Name, duration: number): Promise<number> => {
    const { url } = servers[name];
    const requests = { key: cast.shopKey };
    const expect = '"accepted":100';
    const job = {
      what: 'throughput',
      url,
      path: '/v1/batch',
      connections,
      seconds: duration,
      expect,
      requests,
    } as const;
    const { perSecond, failures } = await load.run<Throughput>(job);
    if (failures > 0) throw new Error(`${name} failed ${failures} times.`);
    const { rows } = await client.query<{ n: number }>('SELECT count(*)::int AS n FROM message');
    await client.query('TRUNCATE message, message_key, outbox');
    if ((rows[0]?.n ?? 0) < perSecond * duration * 99) throw new Error(`${name} kept fewer events than it accepted.`);
    return perSecond * 100;
  };
  try {
    for (const name of names) await send(name, warmUp);
    for (let round = 0; round < rounds; round += 1) {
      for (const name of names) measured[name].push(await send(name, seconds));
      tell(
        `ingest, round ${round + 1}: ${names.map((name) => `${name} ${measured[name].at(-1)?.toFixed(0)} events/s`).join(', ')}`,
      );
    }
  } finally {
    for (const server of Object.values(servers)) await server.stop();
    await client.end();
  }
  const ratio = median(measured.product.map((value, round) => value / (measured.bare[round] ?? 1)));
  const detail = `${median(measured.product).toFixed(0)} events/s against ${median(measured.bare).toFixed(0)}`;
  return [row('ingest-vs-bare', ratio, '×', { least: 0.4 }, detail)];
}
