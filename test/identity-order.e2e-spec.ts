import fc from 'fast-check';
import { identifierKinds as kinds } from '../src/identity/identifier-kinds.js';
import { model } from '../src/identity/evidence/model.js';
import type { Profile } from '../src/identity/evidence/profile.rules.js';
import { withoutLookAlikes } from '../src/identity/partition/look-alikes.rules.js';
import type { Observation, Traits } from '../src/identity/record/observation.js';
import { partition, type PartitionInput } from '../src/identity/partition/partition.rules.js';
import { scored, stored, type StoredPartition, wipe } from './support/identity-partition.js';
import { type IdentityStage, openIdentity } from './support/identity-stage.js';
import { observation, sources } from './support/identity-world.js';
import { runs } from './support/runs.js';

let stage: IdentityStage;
beforeAll(async () => {
  stage = await openIdentity();
});
afterAll(() => stage.close());

async function told(observations: readonly Observation[], sizes: readonly number[]): Promise<string[]> {
  await wipe(stage);
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
async function fromScratch(): Promise<StoredPartition> {
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
          expect(await stored(stage)).toEqual(await fromScratch());
          expect(await told(shuffled, [crowd.length])).toEqual(single);
          expect(await told(shuffled, sizes)).toEqual(single);
          expect(single).toEqual((expected ??= single));
        },
      ),
      { numRuns: runs(20) },
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
    await wipe(stage);
    await stage.run((tx) => stage.identity.block(tx, { ...claimed, reason: 'staff' }));
    await says({ source: here, sourceKey: 'k2', identifiers: [], traits: ada });
    await says({ source: here, sourceKey: 'k0', identifiers: [claimed, card(1)], traits: initial });
    await says({ source: there, sourceKey: 'k0', identifiers: [claimed], traits: ada });
    await says({ source: here, sourceKey: 'k2', identifiers: [card(0)], traits: {} });
    expect(await customersBySource()).toEqual(['1k0', '1k0~1k2 values loyalty', '1k0~2k0 values loyalty', '1k2+2k0']);
    expect(await stored(stage)).toEqual(await fromScratch());
  });

  it('is that of everything where a value was withdrawn that had made two alike', async () => {
    const [here, there] = sources as [Observation['source'], Observation['source']];
    const phone = { kind: 'phone', value: '+49 160 50910041' };
    const ada = { givenName: 'Ada', familyName: 'Lovelace' };
    const says = async (source: Observation['source'], asserted: boolean, traits: Traits): Promise<string> => {
      const identifiers = [{ ...phone, asserted }];
      const one = { source, sourceKey: 'k1', identifiers, traits, occurredAt: stage.clock.now() };
      const [observed] = await stage.run((tx) => stage.identity.observe(tx, [one]));
      return observed?.recordId ?? '';
    };
    await wipe(stage);
    await says(here, true, ada);
    const claimed = await says(there, false, ada);
    expect(await customersBySource()).toEqual(['1k1+2k1']);
    await stage.run((tx) => stage.identity.withdraw(tx, claimed, [{ kind: 'phone', key: '+4916050910041' }]));
    expect(await customersBySource()).toEqual(['1k1', '2k1']);
    expect(await stored(stage)).toEqual(await fromScratch());
  });

  it('splits none of 200 groups of eight simultaneous duplicates', async () => {
    await wipe(stage);
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
