import { Writable } from 'node:stream';
import { boot } from '../src/boot.js';
import { model as shipped } from '../src/identity/evidence/model.js';
import { IdentityService } from '../src/identity/identity.service.js';
import { normaliserVersion } from '../src/identity/record/record.rules.js';
import { retrain } from '../src/identity/retrain/retrain.js';
import { openLog } from '../src/platform/http/pino-logger.js';
import { Transactions } from '../src/platform/database/transactions.js';
import { readConfig } from '../src/shared/config.js';
import { openFoyer, type Foyer } from './support/foyer.js';
import { Retailer, type TestSource } from './support/retailer.js';

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
