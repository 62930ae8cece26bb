import fc from 'fast-check';
import { IdentityService } from '../src/identity/identity.service.js';
import type { KnownRecords } from '../src/identity/known/known-records.js';
import { WhileImporting } from '../src/identity/known/while-importing.js';
import { Presence } from '../src/identity/presence.js';
import type { Observation, Traits } from '../src/identity/record/observation.js';
import { holdersOf, profilesOf } from '../src/identity/resolve/match-key.store.js';
import { LiveFanout } from '../src/platform/live/live-fanout.js';
import { Outbox, priorities } from '../src/platform/outbox/outbox.js';
import type { Tx } from '../src/platform/database/transactions.js';
import { type IdentityStage, openIdentity } from './support/identity-stage.js';
import { runs } from './support/runs.js';

/** Nobody listens. */
class Silence extends LiveFanout {
  publish(): void {}
  subscribe(): () => void {
    return () => undefined;
  }
}

const source = { id: '00000000-0000-4000-8000-000000000001', code: 'crm', trusted: true, country: 'DE' };
const people: readonly Traits[] = [
  { givenName: 'Ada', familyName: 'Lovelace', birthDate: '1985-12-10' },
  { givenName: 'Ada', familyName: 'Lovelase', birthDate: '1985-12-10', postalCode: '10115' },
  { name: 'Lovelace, A', street: 'Hauptstr. 12', postalCode: '10115', birthDate: '10.12.1985' },
  { name: 'Bert Lovelace', street: 'Hauptstr. 12', postalCode: '10115' },
  { givenName: 'Bertrand', familyName: 'Lovelace', locality: 'Berlin', birthDate: '1986-01-03' },
  { givenName: 'Cara', familyName: 'King', postalCode: '10115', birthDate: '1985-12-01' },
];
const observation: fc.Arbitrary<Observation> = fc
  .record({
    key: fc.nat(30),
    traits: fc.constantFrom(...people),
    email: fc.nat(4),
    day: fc.nat(200),
    mail: fc.boolean(),
  })
  .map(({ key, traits, email, day, mail }) => ({
    source,
    sourceKey: `k${key}`,
    identifiers: mail ? [{ kind: 'email', value: `person${email}@home.example`, asserted: true }] : [],
    traits,
    occurredAt: new Date(Date.UTC(2026, 0, 1 + day)),
  }));
const step = fc.oneof(
  { arbitrary: fc.record({ import: fc.array(observation, { minLength: 1, maxLength: 12 }) }), weight: 4 },
  { arbitrary: fc.record({ other: observation }), weight: 4 },
  { arbitrary: fc.record({ removed: fc.nat(30) }), weight: 1 },
);
type Step = { import?: Observation[]; other?: Observation; removed?: number };

let stage: IdentityStage;
/** Another process. */
let importer: IdentityService;

beforeAll(async () => {
  stage = await openIdentity();
  importer = new IdentityService(stage.clock, new Outbox(stage.clock, new Silence()), new Presence());
});
afterAll(() => stage.close());

async function wipe(): Promise<void> {
  await stage.database.query(
    'TRUNCATE record, identifier, match_key, edge, judgement, membership, customer, customer_alias, customer_change, blocked_value, outbox',
  );
}

/** A transaction of an import. */
function bulk<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return stage.run((tx) => {
    tx.priority = priorities.bulk;
    return work(tx);
  });
}

async function live(steps: readonly Step[]): Promise<string[]> {
  for (const { import: rows, other, removed } of steps) {
    if (rows) await bulk((tx) => importer.observe(tx, rows));
    if (other) await stage.run((tx) => stage.identity.observe(tx, [other]));
    if (removed !== undefined) await remove(`k${removed}`);
  }
  return whatIs();
}

async function remove(sourceKey: string): Promise<void> {
  const [record] = await stage.database.query<{ id: string }>('SELECT id FROM record WHERE source_key = $1', [
    sourceKey,
  ]);
  if (record) await stage.run((tx) => stage.identity.remove(tx, [record.id]));
}

/** Who is whose, which pairs are alike, and who has which keys. */
async function whatIs(): Promise<string[]> {
  const rows = await stage.database.query<{ said: string }>(
    `SELECT string_agg(r.source_key, '+' ORDER BY r.source_key) AS said FROM membership m JOIN record r ON r.id = m.record_id GROUP BY m.customer_id
     UNION ALL SELECT concat_ws(' ', least(a.source_key, b.source_key), greatest(a.source_key, b.source_key), e.kind, e.weight, e.refused, e.effective)
       FROM edge e JOIN record a ON a.id = e.lo JOIN record b ON b.id = e.hi
     UNION ALL SELECT hash || ' ' || source_key FROM match_key JOIN record r ON r.id = record_id`,
  );
  return rows.map(({ said }) => said).sort();
}

it('an import that knows everybody decides as one that asks, whatever others write meanwhile', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), fc.nat(6), async (steps, before) => {
      await wipe();
      await live(steps.slice(0, before));
      await importer.beginImport(stage.transactions, 1000);
      const knowing = await live(steps.slice(before));
      importer.endImport();
      await wipe();
      expect(knowing).toEqual(await live(steps));
    }),
    { numRuns: Math.max(6, runs(40)) },
  );
}, 240_000);

it('what an import knows is what is stored, however it came there', async () => {
  const watch = new WhileImporting();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 10 }), fc.nat(4), async (steps, before) => {
      const kept = steps.filter((one) => !('removed' in one));
      await wipe();
      await live(kept.slice(0, before));
      await watch.begin(stage.transactions, 1000);
      await live(kept.slice(before));
      await bulk(async (tx) => {
        const known = (await watch.knownTo(tx)) as KnownRecords;
        const stored = await tx.query<{ id: string; keys: string[] }>('SELECT id, match_keys AS keys FROM record');
        const ids = stored.map(({ id }) => id);
        const keys = stored.flatMap((record) => record.keys.map(Number));
        expect(known.size).toBe(ids.length);
        expect(sorted(known.holdersOf(keys))).toEqual(sorted(await holdersOf(tx, keys)));
        expect(plain(known.compared(ids))).toEqual(plain(await profilesOf(tx, ids)));
      });
    }),
    { numRuns: Math.max(6, runs(30)) },
  );
}, 240_000);

function sorted(holders: ReadonlyMap<number, { count: number; ids: string[] }>): unknown[] {
  return [...holders].map(([key, { count, ids }]) => [key, count, [...ids].sort()]).sort();
}

/** Without what is not there, which one way of keeping leaves out and the other does not. */
function plain(records: ReadonlyMap<string, { trusted: boolean; profile: object }>): unknown[] {
  const known = [...records].map(([id, { trusted, profile }]) => {
    const { asserted: _asserted, ...compared } = JSON.parse(JSON.stringify(profile)) as Record<string, unknown>;
    return [id, trusted, compared] as const;
  });
  return known.sort(([a], [b]) => (a < b ? -1 : 1));
}
