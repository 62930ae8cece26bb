import { model } from '../src/identity/evidence/model.js';
import { countOpenPairs, openPairsAfter } from '../src/identity/review/review-queue.query.js';
import { type IdentityStage, openIdentity } from './support/identity-stage.js';

const source = '00000000-0000-4000-8000-000000000001';
const id = (n: string): string => `('00000000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;

let stage: IdentityStage;
beforeAll(async () => {
  stage = await openIdentity();
  // 200,000 edges: every fourth in doubt, a few held apart by a guard, some of one customer already, some judged, some of untrusted records.
  for (const sql of [
    `INSERT INTO record (id, source_id, source_key, traits, normalised, trusted, first_seen_at, last_seen_at, version, country)
     SELECT ${id('n')}, '${source}', 'k' || n, '{}', '{}', true, now(), now(), 1, 'DE' FROM generate_series(1, 200010) n`,
    `INSERT INTO membership (record_id, customer_id, since)
     SELECT ${id('n')}, ${id('n - n % 2')}, now() FROM generate_series(2, 200010) n`,
    `INSERT INTO edge (lo, hi, kind, weight, effective, evidence, model, refused)
     SELECT ${id('n')}, ${id('n + 1 + n % 7')}, 'scored', 15 + (n % 60) / 10.0, n % 10 > 0, '[]', 1,
       CASE WHEN n % 60 > 15 AND n % 1000 = 1 THEN 'births' END
     FROM generate_series(2, 200001) n`,
    `INSERT INTO judgement (id, lo, hi, verdict, by_kind, why, at)
     SELECT gen_random_uuid(), ${id('n')}, ${id('n + 1 + n % 7')}, 'different', 'staff', 'asked', now()
     FROM generate_series(2, 200001, 97) n`,
    'ANALYZE',
  ])
    await stage.database.query(sql);
}, 120_000);
afterAll(() => stage?.close());

it('reads for a page what the page needs, at any size and at any place', async () => {
  const pages = [await openPairsAfter(stage.database, 21)];
  for (let n = 0; n < 3; n++) pages.push(await openPairsAfter(stage.database, 21, pages.at(-1)?.at(-1)));
  expect(pages.map((page) => page.length)).toEqual([21, 21, 21, 21]);
  const names = pages.flat().map(({ lo, hi }) => `${lo} ${hi}`);
  expect(new Set(names).size).toBe(names.length);
  const weights = pages.flat().map(({ weight, refused }) => [Number(weight), refused === null]);
  // The machine is surest of those that a guard holds apart; after them come those in doubt.
  expect(weights.every(([weight, isDoubtful]) => Number(weight) < model.automatic === isDoubtful)).toBe(true);
  expect(weights.some(([, isDoubtful]) => !isDoubtful)).toBe(true);

  const blocks: number[] = [];
  const watched = {
    query: async <Row extends object>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> => {
      const [plan] = await stage.database.query<{ 'QUERY PLAN': { Plan: Record<string, number> }[] }>(
        `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${sql}`,
        parameters,
      );
      const top = plan?.['QUERY PLAN'][0]?.Plan;
      blocks.push((top?.['Shared Hit Blocks'] ?? 0) + (top?.['Shared Read Blocks'] ?? 0));
      expect(JSON.stringify(plan)).toContain('edge_doubtful');
      expect(JSON.stringify(plan)).toContain('edge_refused');
      return stage.database.query<Row>(sql, parameters);
    },
  };
  await openPairsAfter(watched, 21);
  await openPairsAfter(watched, 21, pages.at(-1)?.at(-1));
  // 2,000 blocks hold the edges alone; a page reads 200 of them with whose they are and what was said.
  for (const count of blocks) expect(count).toBeLessThan(12_000);
  expect(blocks.length).toBeLessThanOrEqual(4);
  expect(await countOpenPairs(stage.database, 500)).toBe(500);
});

it('asks once of any two customers, with the likeliest pair', async () => {
  const few = await openPairsAfter(stage.database, 400);
  const rows = await stage.database.query<{ record_id: string; customer_id: string }>(
    'SELECT record_id, customer_id FROM membership WHERE record_id = ANY($1::uuid[])',
    [few.flatMap(({ lo, hi }) => [lo, hi])],
  );
  const of = new Map(rows.map((row) => [row.record_id, row.customer_id]));
  const asked = few.map(({ lo, hi }) => [of.get(lo), of.get(hi)].sort().join(' '));
  expect(new Set(asked).size).toBe(asked.length);
  const weights = few.map(({ weight }) => Number(weight));
  expect(weights).toEqual([...weights].sort((a, b) => b - a));
});
