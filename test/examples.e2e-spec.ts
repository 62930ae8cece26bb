import { compileFunction } from 'node:vm';
import { createClient, type ClientOptions } from 'graphql-ws';
import WebSocket from 'ws';
import { runCommand } from '../src/cli/run.js';
import { Cast } from './support/cast.js';
import { textOf } from './support/committed.js';
import { openFoyer, type Foyer } from './support/foyer.js';
import { Retailer, type TestSource, type TestStore } from './support/retailer.js';

/** Runs a block of docs/integrate.md as it stands there. */
async function run<Result>(name: string, given: Record<string, unknown>): Promise<Result> {
  const [, code] = new RegExp(`\`\`\`js ${name}\\n([\\s\\S]*?)\`\`\``).exec(textOf('docs/integrate.md')) ?? [];
  if (!code) throw new Error(`docs/integrate.md has no block "js ${name}".`);
  const body = `return (async () => {\n${code}\n})();`;
  // The page's own code, with the names it expects.
  const block = compileFunction(body, Object.keys(given)) as (...values: unknown[]) => Promise<Result>;
  return block(...Object.values(given));
}

/** The arguments of the commands `npx foyer …` of the page, as a shell reads them. */
function commands(): string[][] {
  const lines = [...textOf('docs/integrate.md').matchAll(/npx foyer ([^\n`…]+ --[^\n`…]+)/g)];
  return lines.map(([, line = '']) =>
    [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? ''),
  );
}

describe('docs/integrate.md', () => {
  let foyer: Foyer;
  let berlin: TestStore;
  let shop: TestSource;

  beforeAll(async () => {
    foyer = await openFoyer();
    const retailer = new Retailer(foyer.database);
    berlin = await retailer.store('berlin');
    shop = await retailer.source('web', 'web-shop');
  });

  afterAll(async () => foyer?.close());

  it('makes the key of a shop and the token of a tablet by its commands', async () => {
    const said: string[] = [];
    const output = { out: (line: string) => said.push(line), err: (line: string) => said.push(line) };
    const environment = { DATABASE_URL: foyer.database.url, FOYER_DIR: foyer.config.directory };
    const printed = commands();
    expect(printed.map(([noun, verb]) => `${noun} ${verb}`)).toEqual(['source add', 'tablet add']);
    for (const args of printed) {
      expect([await runCommand(args, { output, environment, clock: foyer.clock }), said]).toEqual([0, said]);
    }
    expect(said.join('\n')).toMatch(/foyer_browser_/);
  });

  it('connects a web shop', async () => {
    const saved = await run<object>('shop', { FOYER: foyer.url, KEY: shop.server });
    expect(saved).toMatchObject({
      configuration: { code: expect.stringMatching(/^[0-9A-Z]{8,}$/) as string },
      pass: { svg: expect.stringContaining('<svg') as string },
      link: expect.stringContaining('/c/') as string,
    });
  });

  it('builds a tablet', async () => {
    const told = await run<{ visits: Map<string, { calledName: string }>; cursor: string }>('tablet', {
      FOYER: foyer.url,
      TOKEN: berlin.tablet,
      createClient: (options: ClientOptions) => createClient({ ...options, webSocketImpl: WebSocket }),
    });
    expect([...told.visits.values()].map((visit) => visit.calledName)).toEqual(['Grey coat']);
    expect(told.cursor).not.toBe('');
  });
});

describe('the README', () => {
  let cast: Cast;

  beforeAll(async () => {
    cast = await Cast.gather();
  });
  afterAll(() => cast?.foyer.close());

  it('shows a query and the answer it gets', async () => {
    const readme = textOf('README.md');
    const [, query = '', answer = ''] = /```graphql\n([\s\S]*?)```\s*```json\n([\s\S]*?)```/.exec(readme) ?? [];
    await cast.knows(cast.shop, 'ada', { name: 'Ada Winter', email: 'ada@home.example' });
    const saved = await cast.saves([{ kind: 'account', value: 'ada' }], {
      model: 'estate',
      modelLabel: 'Estate',
      total: 3_880_000,
    });
    const variables = { storeId: cast.north.id, code: saved.pass.url };
    const { data, errors } = await cast.foyer.ask(query, variables, cast.north.tablet);
    expect({ ...(errors && { errors }), data }).toEqual(JSON.parse(answer));
  });
});
