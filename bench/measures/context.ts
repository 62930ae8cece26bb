import { visitBody } from '../document.js';
import { programs } from '../place.js';
import { run, type Started } from '../process.js';
import { median, row, type Row } from '../rows.js';
import { rounds, type Stage } from '../stage.js';
import type { Throughput } from '../load/throughput.js';

const seconds = 5;
/** Requests after which code is compiled and caches are full, on whatever machine. */
const warmUp = 4_000;
const connections = 16;

/** Contexts of 10,000 visits a second: the product, the same statements bare, the same API by the book. */
export async function measureContext({ database, cast, load, tell }: Stage): Promise<Row[]> {
  const environment = { DATABASE_URL: database.url };
  const servers = {
    product: await run('web', programs.main, environment, { args: ['--web'] }),
    bare: await run('web', programs.bare, environment),
    documentation: await run('web', programs.documentation, environment),
  };
  type Name = keyof typeof servers;
  const names = Object.keys(servers) as Name[];
  const requests = cast.visits.map(({ id, token }) => ({ body: visitBody(id), authorization: `Bearer ${token}` }));
  try {
    await compare(servers, requests, tell);
    const measured: Record<Name, number[]> = { product: [], bare: [], documentation: [] };
    const ask = async (name: Name, duration: number): Promise<number> => {
      const { url } = servers[name];
      const expect = '"context":{"version"';
      const job = {
        what: 'throughput',
        url,
        path: '/graphql',
        connections,
        seconds: duration,
        expect,
        requests,
      } as const;
      const { perSecond, failures } = await load.run<Throughput>(job);
      if (failures > 0) throw new Error(`${name} failed ${failures} times.`);
      return perSecond;
    };
    for (const name of names) {
      for (let answered = 0, tries = 0; answered < warmUp && tries < 8; tries += 1)
        answered += 3 * (await ask(name, 3));
    }
    for (let round = 0; round < rounds; round += 1) {
      for (const name of names) measured[name].push(await ask(name, seconds));
      tell(
        `context, round ${round + 1}: ${names.map((name) => `${name} ${measured[name].at(-1)?.toFixed(0)}/s`).join(', ')}`,
      );
    }
    const ratio = (other: Name): number =>
      median(measured.product.map((value, round) => value / (measured[other][round] ?? 1)));
    const said = (other: Name): string =>
      `${median(measured.product).toFixed(0)}/s against ${median(measured[other]).toFixed(0)}/s`;
    return [
      row('context-vs-bare', ratio('bare'), '×', { least: 0.6 }, said('bare')),
      row('context-vs-documentation', ratio('documentation'), '×', { least: 8 }, said('documentation')),
    ];
  } finally {
    for (const server of Object.values(servers)) await server.stop();
  }
}

/** All answer alike, the bare one byte for byte; only the time of the answer differs. */
async function compare(
  servers: Record<'product' | 'bare' | 'documentation', Started>,
  requests: readonly { body: string; authorization: string }[],
  tell: (line: string) => void,
): Promise<void> {
  const read = async ({ url }: Started, { body, authorization }: (typeof requests)[number]): Promise<string> => {
    const headers = { 'content-type': 'application/json', authorization };
    const ask = async (text: string): Promise<string> =>
      (await fetch(`${url}/graphql`, { method: 'POST', headers, body: text })).text();
    const answer = await ask(body);
    if (!answer.includes('PersistedQueryNotFound'))
      return answer.trimEnd().replace(/"asOf":"[^"]*","customer"/, '"asOf":"","customer"');
    const { document } = await import('../document.js');
    await ask(JSON.stringify({ ...(JSON.parse(body) as object), query: document }));
    return read({ url } as Started, { body, authorization });
  };
  for (const request of [0, 1, 777, requests.length - 1].flatMap((place) => requests[place] ?? [])) {
    const [product, bare, documentation] = [
      await read(servers.product, request),
      await read(servers.bare, request),
      await read(servers.documentation, request),
    ];
    if (product !== bare) throw new Error(`The bare server answers otherwise: ${difference(product, bare)}`);
    if (sorted(product) !== sorted(documentation)) {
      throw new Error(`The documentation's server answers otherwise: ${difference(product, documentation)}`);
    }
  }
  tell('context: all three answer alike, the bare server byte for byte');
}

/** Where two texts part. */
function difference(one: string, other: string): string {
  let place = 0;
  while (place < one.length && one[place] === other[place]) place += 1;
  const from = Math.max(0, place - 80);
  return `\n${one.slice(from, place + 160)}\n${other.slice(from, place + 160)}`;
}

/** The lists of facts have no order of their own. */
function sorted(text: string): string {
  return [...text].sort().join('');
}
