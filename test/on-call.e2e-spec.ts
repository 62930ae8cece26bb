import { Writable } from 'node:stream';
import { boot } from '../src/boot.js';
import { model as shipped } from '../src/identity/evidence/model.js';
import { IdentityService } from '../src/identity/identity.service.js';
import { normaliserVersion } from '../src/identity/record/record.rules.js';
import { retrain } from '../src/identity/retrain/retrain.js';
import { openLog } from '../src/platform/http/pino-logger.js';
import { Transactions } from '../src/platform/database/transactions.js';
import { readConfig } from '../src/shared/config.js';
import { runCommand } from '../src/cli/run.js';
import type { Observation } from '../src/identity/record/observation.js';
import { eventually, type Foyer, openFoyer } from './support/foyer.js';
import { Retailer, type TestSource } from './support/retailer.js';

describe('what another version left', () => {
  interface Line {
    readonly msg?: string;
    readonly pairs?: boolean;
    readonly records?: boolean;
    readonly todo?: string;
  }

  const lines: Line[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(JSON.parse(chunk.toString()) as Line);
      done();
    },
  });

  let foyer: Foyer;
  let till: TestSource;

  beforeAll(async () => {
    foyer = await openFoyer();
    till = await new Retailer(foyer.database).source('till', 'till', { trusted: true });
    await observeTwice();
  });
  afterAll(() => foyer?.close());

  /** Ada, whom the till knows twice, so that the two are an edge. */
  function observeTwice(): Promise<unknown> {
    const source = { id: till.id, code: till.code, trusted: true, country: 'DE' };
    const traits = { givenName: 'Ada', familyName: 'Lovelace', birthDate: '1985-12-10', postalCode: '10115' };
    const twice = ['a', 'b'].map((sourceKey) => ({
      source,
      sourceKey,
      identifiers: [],
      traits,
      occurredAt: foyer.clock.now(),
    }));
    return foyer.app.get(Transactions).run((tx) => foyer.app.get(IdentityService).observe(tx, twice));
  }

  /** What a process says of it as it starts. */
  async function told(part = { web: false, worker: true }): Promise<Line[]> {
    lines.splice(0);
    const log = openLog({ logLevel: 'info', instance: 'next' }, sink);
    const next = await boot(part, readConfig({}, { ...foyer.config, instance: 'next' }), { clock: foyer.clock, log });
    await next.stop();
    expect(lines.map(({ msg }) => msg)).toContain('Foyer is ready.');
    return lines.filter(({ msg }) => msg?.startsWith('Records are told apart'));
  }

  async function bringUpToDate(): Promise<void> {
    const training = { pairs: 0, seed: 1, to: shipped.version, country: 'DE', now: foyer.clock.now() };
    await retrain(foyer.app.get(IdentityService), foyer.app.get(Transactions), training);
  }

  it('tells on-call of pairs that another model scored, until they are compared anew', async () => {
    expect(await told()).toEqual([]);
    await foyer.database.query('UPDATE edge SET model = model - 1');
    const todo = expect.stringContaining(`npx foyer identity retrain --to ${shipped.version} `) as string;
    expect(await told()).toEqual([expect.objectContaining({ pairs: true, records: false, todo })]);
    expect(await told({ web: true, worker: false })).toEqual([]);
    await bringUpToDate();
    expect(await told()).toEqual([]);
  });

  it('tells on-call of records that an earlier version normalised, and normalises them anew', async () => {
    const forms = 'SELECT normalised, normaliser FROM record ORDER BY source_key';
    const before = await foyer.database.query(forms);
    await foyer.database.query(
      "UPDATE record SET normaliser = $1, normalised = jsonb_build_object('asserted', normalised->'asserted')",
      [normaliserVersion - 1],
    );
    expect(await told()).toEqual([expect.objectContaining({ pairs: false, records: true })]);
    await bringUpToDate();
    expect(await told()).toEqual([]);
    expect(await foyer.database.query(forms)).toEqual(before);
  });
});

describe('what has grown too large', () => {
  let foyer: Foyer;
  let club: TestSource;

  beforeAll(async () => {
    foyer = await openFoyer({ logLevel: 'silent' });
    club = await new Retailer(foyer.database).source('club', 'loyalty', { trusted: true });
  });
  afterAll(() => foyer?.close());

  const card = { kind: 'loyalty', value: 'L-880001', asserted: true };
  const mail = { kind: 'email', value: 'till@counter.example', asserted: true };

  function said(key: string, ...identifiers: Observation['identifiers']): Observation {
    const source = { id: club.id, code: club.code, trusted: true, country: 'DE' };
    return { source, sourceKey: key, identifiers, traits: { givenName: 'Karin' }, occurredAt: foyer.clock.now() };
  }

  function observe(...observations: Observation[]): Promise<{ customerId: string }[]> {
    const identity = foyer.app.get(IdentityService);
    return foyer.app.get(Transactions).run((tx) => identity.observe(tx, observations));
  }

  async function customers(): Promise<{ customers: number; records: number; largest: number }> {
    const [row] = await foyer.database.query<{ customers: number; records: number; largest: number }>(
      `SELECT count(*)::int AS customers, sum(n)::int AS records, max(n)::int AS largest
     FROM (SELECT count(*) AS n FROM membership GROUP BY customer_id) AS sizes`,
    );
    return row as { customers: number; records: number; largest: number };
  }

  const command = (...line: string[]): Promise<string[]> => foyerCommand('identity', ...line);

  async function foyerCommand(...line: string[]): Promise<string[]> {
    const out: string[] = [];
    const output = { out: (text: string) => out.push(text), err: (text: string) => out.push(text) };
    const environment = { DATABASE_URL: foyer.database.url, FOYER_DIR: foyer.config.directory };
    expect(await runCommand(line, { environment, output, clock: foyer.clock })).toBe(0);
    return out;
  }

  it('decides a component of more than 200 records outside the request, shows it to on-call, and heals when its cause is blocked', async () => {
    const batch = 60;
    const cards = Array.from({ length: 180 }, (_, n) => said(`card-${n}`, card));
    const mails = Array.from({ length: 120 }, (_, n) => said(`mail-${n}`, mail));
    for (const list of [cards, mails])
      for (let from = 0; from < list.length; from += batch) await observe(...list.slice(from, from + batch));
    expect(await customers()).toEqual({ customers: 2, records: 300, largest: 180 });

    // Who ties the two together is told apart at once, and decided later.
    const [bridge, bystander] = await observe(said('bridge', card, mail), said('bystander'));
    expect(bridge?.customerId).toBeDefined();
    expect(bystander?.customerId).not.toBe(bridge?.customerId);
    await eventually('the component was decided', async () => (await customers()).largest === 301, 30_000);

    const [listed] = JSON.parse((await command('overgrown', '--json'))[0] ?? '') as object[];
    expect(listed).toMatchObject({ records: 301, kind: 'loyalty', holders: 181 });
    const text = (await command('overgrown')).join('\n');
    expect(text).toMatch(/^301 records hang together around record /);
    expect(text).toContain('npx foyer identity block loyalty "L880001" --reason');

    await command('block', 'loyalty', 'L880001', '--reason', 'the card at the till');
    await eventually('it has come apart', async () => (await customers()).largest === 121, 30_000);
    expect(await customers()).toMatchObject({ customers: 182, records: 302 });
    await eventually(
      'nothing is left to show',
      async () => (await command('overgrown'))[0] === 'No component is too large.',
    );
  }, 120_000);

  it('lets no address that staff have at work join customers, from the day they are enrolled', async () => {
    const kim = ['--code', 'kim', '--name', 'Kim', '--role', 'ASSOCIATE', '--email', 'kim@counter.example'];
    await foyerCommand('staff', 'add', ...kim, '--phone', '+49 30 901821');
    const typedIn = { kind: 'email', value: 'Kim@counter.example', asserted: true };
    const called = { kind: 'phone', value: '030 901821', asserted: true };
    const customersOf = async (...observations: Observation[]): Promise<number> =>
      new Set((await observe(...observations)).map(({ customerId }) => customerId)).size;
    expect(await customersOf(said('a', typedIn), said('b', typedIn), said('c', called), said('d', called))).toBe(4);
  });
});
