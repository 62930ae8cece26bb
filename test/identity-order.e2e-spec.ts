import fc from 'fast-check';
import { identifierKinds as kinds } from '../src/identity/identifier-kinds.js';
import { blockingKeys, isWeakKind, meetingWeight } from '../src/identity/evidence/blocking.rules.js';
import { model } from '../src/identity/evidence/model.js';
import type { Profile } from '../src/identity/evidence/profile.rules.js';
import { compare } from '../src/identity/evidence/score.rules.js';
import { tiesOf } from '../src/identity/explain/ties.query.js';
import { strongestPath } from '../src/identity/explain/ties.rules.js';
import type { ScoredEdge } from '../src/identity/partition/live-record.js';
import { withoutLookAlikes } from '../src/identity/partition/look-alikes.rules.js';
import type { Observation, Traits } from '../src/identity/record/observation.js';
import { partition, type PartitionInput } from '../src/identity/partition/partition.rules.js';
import { type IdentityStage, openIdentity } from './support/identity-stage.js';
import { runs } from './support/runs.js';

const sources = [1, 2].map((n) => ({
  id: `00000000-0000-4000-8000-00000000000${n}`,
  code: `s${n}`,
  trusted: true,
  country: 'DE',
}));
const staff = { kind: 'staff', id: '00000000-0000-4000-8000-0000000000aa' };
const values: Record<string, (n: number) => string> = {
  email: (n) => `person${n}@home.example`,
  phone: (n) => `+49 160 509100${40 + n}`,
  loyalty: (n) => `L-100${n}`,
  account: (n) => `account-${n}`,
  device: (n) => `browser-${n}`,
};

let stage: IdentityStage;
beforeAll(async () => {
  stage = await openIdentity();
});
afterAll(() => stage.close());

const identifier = fc.record({
  kind: fc.constantFrom(...Object.keys(values)),
  n: fc.nat(3),
  asserted: fc.integer({ min: 0, max: 4 }).map((n) => n > 0),
});
const observation = fc.record({
  source: fc.constantFrom(...sources),
  sourceKey: fc.nat(5).map((n) => `k${n}`),
  identifiers: fc
    .array(identifier, { maxLength: 3 })
    .map((list) => list.map(({ kind, n, asserted }) => ({ kind, value: values[kind]?.(n) ?? '', asserted }))),
  traits: fc.constantFrom<Traits>(
    {},
    {},
    { givenName: 'Ada' },
    { givenName: 'Bertrand' },
    { givenName: 'Ada', familyName: 'Lovelace', birthDate: '1985-12-10' },
    { givenName: 'Ada', familyName: 'Lovelase', birthDate: '1985-12-10', postalCode: '10115' },
    { name: 'Lovelace, A', street: 'Hauptstr. 12', postalCode: '10115', birthDate: '10.12.1985' },
    { name: 'Bert Lovelace', street: 'Hauptstr. 12', postalCode: '10115' },
  ),
  occurredAt: fc.nat(200).map((day) => new Date(Date.UTC(2026, 0, 1 + day))),
});

async function wipe(): Promise<void> {
  await stage.database.query(
    'TRUNCATE record, identifier, match_key, edge, judgement, membership, customer, customer_alias, customer_change, blocked_value, outbox',
  );
}

async function told(observations: readonly Observation[], sizes: readonly number[]): Promise<string[]> {
  await wipe();
  for (let start = 0, turn = 0; start < observations.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    await stage.run((tx) => stage.identity.observe(tx, observations.slice(start, start + size)));
    start += size;
  }
  return customersBySource();
}

/** Records that are one customer, as `1k0+2k3`, and pairs that a guard holds apart, as `1k0~2k4 names`. */
async function customersBySource(): Promise<string[]> {
  const rows = await stage.database.query<{ keys: string[] }>(
    `SELECT array_agg(right(r.source_id::text, 1) || r.source_key ORDER BY r.source_id, r.source_key) AS keys
     FROM membership m JOIN record r ON r.id = m.record_id GROUP BY m.customer_id`,
  );
  const refused = await stage.database.query<{ said: string }>(
    `SELECT least(a.rank, b.rank) || '~' || greatest(a.rank, b.rank) || ' ' || e.refused AS said FROM edge e
     CROSS JOIN LATERAL (SELECT right(source_id::text, 1) || source_key AS rank FROM record WHERE id = e.lo) a
     CROSS JOIN LATERAL (SELECT right(source_id::text, 1) || source_key AS rank FROM record WHERE id = e.hi) b
     WHERE e.refused IS NOT NULL`,
  );
  return [...rows.map((row) => row.keys.join('+')), ...refused.map(({ said }) => said)].sort();
}

/** The partition computed in one go from everything that is stored but keys and edges, and the pairs that a guard holds apart. */
async function fromScratch(): Promise<{ customers: string[][]; refused: string[] }> {
  const rows = await stage.database.query<{
    id: string;
    rank: string;
    profile: Profile;
    held: [string, string, boolean, number, number][];
  }>(
    `SELECT r.id, r.source_id || ' ' || r.source_key AS rank, r.normalised AS profile, coalesce((
       SELECT json_agg(json_build_array(kind, key, asserted, extract(epoch FROM first_seen_at) * 1000, extract(epoch FROM last_seen_at) * 1000))
       FROM identifier WHERE record_id = r.id), '[]') AS held FROM record r`,
  );
  const judgements = await stage.database.query<{ id: string; lo: string; hi: string; verdict: 'same'; at: Date }>(
    'SELECT id, lo, hi, verdict, at FROM judgement WHERE revoked_at IS NULL',
  );
  const blocked = await stage.database.query<{ value: string }>(
    "SELECT kind || ' ' || key AS value FROM blocked_value",
  );
  const records = rows.map(({ id, rank, profile, held }) => ({
    id,
    rank,
    name: profile.name,
    birth: profile.birth,
    identifiers: held.map(([kind, key, asserted, from, to]) => ({ kind, key, asserted, from, to })),
  }));
  const input: PartitionInput = {
    records,
    edges: withoutLookAlikes(scored(rows), model),
    judgements: judgements.map((one) => ({ ...one, at: one.at.getTime() })),
    blocked: new Set(blocked.map((row) => row.value)),
    kinds,
    model,
  };
  const { clusters, refused } = partition(input);
  return { customers: clusters, refused: refused.map(({ lo, hi, by }) => `${lo} ${hi} ${by}`).sort() };
}

function scored(rows: readonly { id: string; profile: Profile }[]): ScoredEdge[] {
  const holders = new Map<string, Set<number>>();
  rows.forEach(({ profile }, index) => {
    for (const { kind, text } of blockingKeys(profile)) {
      holders.set(`${kind} ${text}`, (holders.get(`${kind} ${text}`) ?? new Set()).add(index));
    }
  });
  const edges: ScoredEdge[] = [];
  for (const [i, a] of rows.entries()) {
    for (const [j, b] of rows.entries()) {
      if (a.id >= b.id) continue;
      const shared = [...holders].filter(([, group]) => group.has(i) && group.has(j));
      const weight = shared.reduce(
        (sum, [key, { size }]) => sum + meetingWeight(isWeakKind(key.slice(0, key.indexOf(' '))), size),
        0,
      );
      if (weight >= 1) edges.push({ lo: a.id, hi: b.id, evidence: compare(a.profile, b.profile, model) });
    }
  }
  return edges;
}

async function stored(): Promise<{ customers: string[][]; refused: string[] }> {
  const rows = await stage.database.query<{ id: string; ids: string[] }>(
    'SELECT customer_id AS id, array_agg(record_id::text ORDER BY record_id) AS ids FROM membership GROUP BY 1 ORDER BY 1',
  );
  for (const { id, ids } of rows) expect(id).toBe(ids[0]);
  const refused = await stage.database.query<{ said: string }>(
    `SELECT lo || ' ' || hi || ' ' || refused AS said FROM edge WHERE refused IS NOT NULL`,
  );
  return { customers: rows.map((row) => row.ids), refused: refused.map(({ said }) => said).sort() };
}

/** The partition of the crowd, whichever order came first. */
let expected: string[] | undefined;

/** People of whom several records tell, and a town whose people overfill many a key: born in one month, named alike. */
function crowded(): Observation[] {
  const families = ['Lovelace', 'Babbage', 'Hopper'];
  const townspeople = Array.from({ length: 70 }, (_, n) => ({
    givenName: ['Ada', 'Adam', 'Grace', 'Karl'][n % 4] ?? '',
    familyName: `${families[n % 3]}${n > 55 ? 's' : ''}`,
    birthDate: `1985-12-${String(1 + (n % 9)).padStart(2, '0')}`,
    postalCode: '10115',
    locality: 'Berlin',
  }));
  const people = Array.from({ length: 90 }, (_, n) => {
    const who = n % 30;
    const turn = Math.floor(n / 30);
    return {
      givenName: turn === 1 ? `P${who}` : `Petra${'abcdefghij'[who % 10]}`,
      familyName: `Sand${'klmnop'[who % 6]}er${turn === 2 ? 'o' : ''}`,
      birthDate: `19${60 + who}-03-${10 + (who % 9)}`,
      street: `Am Markt ${who}`,
      postalCode: `2011${who % 10}`,
    };
  });
  return [...townspeople, ...people].map((traits, n) => ({
    source: sources[n % 2] as Observation['source'],
    sourceKey: `c${n}`,
    identifiers: n % 5 === 0 ? [{ kind: 'email', value: `crowd${n % 40}@home.example`, asserted: true }] : [],
    traits,
    occurredAt: new Date(Date.UTC(2026, 0, 1 + (n % 28))),
  }));
}

const syllables = ['ba', 'ce', 'di', 'fo', 'gu', 'ha', 'ke', 'li', 'mo', 'nu'];

const given = ['Wilhelmina', 'Rosalinda', 'Theodora', 'Konstanza', 'Leopoldina', 'Eleonora', 'Adelgunda', 'Valentina'];

/** One of eight who told the same of herself, each spelt a little otherwise; nobody of another group has anything of it. */
function lookAlike(group: number, n: number): Traits {
  const word = [...String(group).padStart(3, '0')].map((digit) => syllables[Number(digit)]).join('');
  const two = (number: number): string => String(number + 1).padStart(2, '0');
  return {
    givenName: (given[group % given.length] ?? '').replace(/a$/, n % 4 === 1 ? 'e' : 'a'),
    familyName: `${word}${['meister', 'meister', 'maister', 'meistr'][n % 4]}`,
    birthDate: `${1930 + ((group * 7) % 71)}-${two((group * 5) % 12)}-${two((group * 11) % 28)}`,
    street: `${word}${['allee', 'alee'][n % 2]} ${group + 1}`,
    postalCode: String(10115 + group * 37),
  };
}

/** Records of a customer to whom nothing that is stored leads from her first one. */
async function unexplained(): Promise<string[]> {
  const lost: string[] = [];
  for (const [first, ...others] of (await stored()).customers) {
    if (first === undefined || others.length === 0) continue;
    const ties = await stage.run((tx) => tiesOf(tx, first));
    lost.push(...others.filter((id) => strongestPath(ties, first, id) === undefined));
  }
  return lost;
}

describe('the partition in the database', () => {
  it('is the same from any order and any batching of the same observations', async () => {
    const world = fc
      .array(observation, { minLength: 2, maxLength: 12 })
      .chain((list) =>
        fc.tuple(
          fc.constant(list),
          fc.shuffledSubarray(list, { minLength: list.length }),
          fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 }),
        ),
      );
    await fc.assert(
      fc.asyncProperty(world, async ([list, shuffled, sizes]) => {
        expect(await told(shuffled, sizes)).toEqual(await told(list, [1]));
      }),
      { numRuns: runs(1000) },
    );
  }, 900_000);

  it('of a crowd is the same record by record, at once and mixed, and equals the partition of everything', async () => {
    const crowd = crowded();
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(crowd, { minLength: crowd.length }),
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 2, maxLength: 6 }),
        async (shuffled, sizes) => {
          const single = await told(shuffled, [1]);
          expect(await stored()).toEqual(await fromScratch());
          expect(await told(shuffled, [crowd.length])).toEqual(single);
          expect(await told(shuffled, sizes)).toEqual(single);
          expect(single).toEqual((expected ??= single));
        },
      ),
      { numRuns: runs(20) },
    );
  }, 900_000);

  it('equals the partition of everything, whatever was said, judged, revoked, blocked or removed', async () => {
    const command = fc.oneof(
      { weight: 6, arbitrary: fc.record({ say: fc.array(observation, { minLength: 1, maxLength: 3 }) }) },
      {
        weight: 2,
        arbitrary: fc.record({
          judge: fc.tuple(fc.nat(20), fc.nat(20), fc.constantFrom('same' as const, 'different' as const)),
        }),
      },
      { weight: 1, arbitrary: fc.record({ revoke: fc.nat(20) }) },
      { weight: 1, arbitrary: fc.record({ remove: fc.nat(20) }) },
      { weight: 1, arbitrary: fc.record({ block: fc.nat(3), un: fc.boolean() }) },
    );
    const pick = async (n: number): Promise<string | undefined> => {
      const rows = await stage.database.query<{ id: string }>('SELECT id FROM record ORDER BY source_id, source_key');
      return rows[n % Math.max(rows.length, 1)]?.id;
    };
    type Command = typeof command extends fc.Arbitrary<infer T> ? T : never;
    const perform = async (one: Command): Promise<void> => {
      stage.clock.advance(1000);
      if ('say' in one) await stage.run((tx) => stage.identity.observe(tx, one.say));
      if ('judge' in one) {
        const [a, b] = [await pick(one.judge[0]), await pick(one.judge[1])];
        const verdict = one.judge[2];
        if (a && b && a !== b)
          await stage.run((tx) => stage.identity.judge(tx, { a, b, verdict, by: staff, why: 'greeted' }));
      }
      if ('revoke' in one) {
        const rows = await stage.database.query<{ id: string }>(
          'SELECT id FROM judgement WHERE revoked_at IS NULL ORDER BY at, lo, hi',
        );
        const word = rows[one.revoke % Math.max(rows.length, 1)];
        if (word) await stage.run((tx) => stage.identity.revoke(tx, word.id, staff));
      }
      if ('remove' in one) {
        const id = await pick(one.remove);
        if (id) await stage.run((tx) => stage.identity.remove(tx, [id]));
      }
      if ('block' in one) {
        const value = { kind: 'email', value: values['email']?.(one.block) ?? '', reason: 'staff' };
        await stage.run((tx) => (one.un ? stage.identity.unblock(tx, value) : stage.identity.block(tx, value)));
      }
    };
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 3, maxLength: 15 }), async (commands) => {
        await wipe();
        for (const one of commands) await perform(one);
        expect(await stored()).toEqual(await fromScratch());
        expect(await unexplained()).toEqual([]);
        const [wrong] = await stage.database.query(
          `SELECT a.* FROM customer_alias a LEFT JOIN membership m ON m.record_id = a.alias_id
           WHERE NOT EXISTS (SELECT FROM membership x WHERE x.customer_id = a.customer_id) OR m.customer_id <> a.customer_id`,
        );
        expect(wrong).toBeUndefined();
      }),
      { numRuns: runs(400) },
    );
  }, 900_000);

  it('is that of everything where a blocked mail address is only claimed', async () => {
    const [here, there] = sources as [Observation['source'], Observation['source']];
    const claimed = { kind: 'email', value: 'person3@home.example', asserted: false };
    const card = (n: number) => ({ kind: 'loyalty', value: `L-100${n}`, asserted: true });
    const ada = { givenName: 'Ada', familyName: 'Lovelace', birthDate: '1985-12-10' };
    const initial = { name: 'Lovelace, A', birthDate: '10.12.1985' };
    const says = async (who: Pick<Observation, 'source' | 'sourceKey' | 'identifiers' | 'traits'>): Promise<void> => {
      await stage.run((tx) => stage.identity.observe(tx, [{ ...who, occurredAt: stage.clock.now() }]));
    };
    await wipe();
    await stage.run((tx) => stage.identity.block(tx, { ...claimed, reason: 'staff' }));
    await says({ source: here, sourceKey: 'k2', identifiers: [], traits: ada });
    await says({ source: here, sourceKey: 'k0', identifiers: [claimed, card(1)], traits: initial });
    await says({ source: there, sourceKey: 'k0', identifiers: [claimed], traits: ada });
    await says({ source: here, sourceKey: 'k2', identifiers: [card(0)], traits: {} });
    expect(await customersBySource()).toEqual(['1k0', '1k0~1k2 values loyalty', '1k0~2k0 values loyalty', '1k2+2k0']);
    expect(await stored()).toEqual(await fromScratch());
  });

  it('splits none of 200 groups of eight simultaneous duplicates', async () => {
    await wipe();
    const groups = Math.max(40, runs(200));
    for (let group = 0; group < groups; group++) {
      // Half of them are one by a value that they share, half by what they look like.
      const isAlike = group % 2 === 1;
      const one = (n: number): Observation => ({
        source: sources[n % 2] as Observation['source'],
        sourceKey: `group${group}-${n}`,
        identifiers: isAlike ? [] : [{ kind: 'email', value: `group${group}@home.example`, asserted: true }],
        traits: isAlike ? lookAlike(group, n) : {},
        occurredAt: stage.clock.now(),
      });
      await Promise.all(Array.from({ length: 8 }, (_, n) => stage.run((tx) => stage.identity.observe(tx, [one(n)]))));
    }
    const [row] = await stage.database.query<{ customers: number }>(
      'SELECT count(DISTINCT customer_id)::int AS customers FROM membership',
    );
    expect(row?.customers).toBe(groups);
  }, 900_000);
});
