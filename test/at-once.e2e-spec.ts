import { setTimeout } from 'node:timers/promises';
import type { Observation, Traits } from '../src/identity/record/observation.js';
import { type IdentityStage, openIdentity } from './support/identity-stage.js';

let stage: IdentityStage;
beforeAll(async () => {
  stage = await openIdentity();
});
afterAll(() => stage.close());
beforeEach(() =>
  stage.database.query(
    'TRUNCATE record, identifier, match_key, edge, membership, customer, customer_alias, customer_change, outbox',
  ),
);

const source = { id: '00000000-0000-4000-8000-000000000001', code: 's1', trusted: true, country: 'DE' };
function says(sourceKey: string, day: number, traits: Traits, phone?: string): Observation {
  const identifiers = phone === undefined ? [] : [{ kind: 'phone', value: phone, asserted: true }];
  return { source, sourceKey, identifiers, traits, occurredAt: new Date(Date.UTC(2026, 0, day)) };
}

const [phone, nearly] = ['+49 160 50910042', '+49 160 50910043'];
const bert: Traits = { name: 'Bert Lovelace', street: 'Hauptstr. 12', postalCode: '10115' };
const ada: Traits = { givenName: 'Ada', familyName: 'Lovelase', birthDate: '1985-12-10', postalCode: '10115' };

/** Both are said at once: the second begins before the first has committed, and ends, or waits for it. */
async function atOnce(first: readonly Observation[], second: readonly Observation[]): Promise<void> {
  let hasSaid = (): void => undefined;
  let go = (): void => undefined;
  const said = new Promise<void>((resolve) => (hasSaid = resolve));
  const gone = new Promise<void>((resolve) => (go = resolve));
  const one = stage.run(async (tx) => {
    await stage.identity.observe(tx, first);
    hasSaid();
    await gone;
  });
  await said;
  let hasEnded = false;
  const other = stage.run((tx) => stage.identity.observe(tx, second)).finally(() => (hasEnded = true));
  while (!hasEnded && !(await isSomebodyWaiting())) await setTimeout(5);
  go();
  await Promise.all([one, other]);
}

async function isSomebodyWaiting(): Promise<boolean> {
  const [row] = await stage.database.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return (row?.count ?? 0) > 0;
}

it('of a new record the keys are waited for that only all that is said of it together makes', async () => {
  await atOnce([says('k2', 90, { givenName: 'Ada' }), says('k2', 12, bert, phone)], [says('k4', 50, ada, nearly)]);
  expect(await stage.customers()).toEqual(['k2+k4']);
});

it('of a known record the keys are waited for that it is about to lose', async () => {
  await stage.run((tx) => stage.identity.observe(tx, [says('k1', 1, ada, nearly), says('k2', 1, bert, phone)]));
  await atOnce([says('k1', 50, { givenName: 'Bertrand' })], [says('k2', 90, { givenName: 'Ada' })]);
  expect(await stage.customers()).toEqual(['k1', 'k2']);
});
