import fc from 'fast-check';
import type { Evidence } from '../src/identity/evidence/evidence.js';
import { fields, groupOf, levelTable, reweighed } from '../src/identity/evidence/levels.rules.js';
import { model as shipped, type Model } from '../src/identity/evidence/model.js';
import { weigh } from '../src/identity/evidence/score.rules.js';
import { weighSql } from '../src/identity/evidence/weigh.sql.js';
import { cloneDatabase, type TestDatabase } from './support/database.js';
import { runs } from './support/runs.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database?.drop());

/** Pairs weighed by one model. */
const together = 500;

const rows = levelTable(shipped);

/** What a comparison of two records may have come to: any row of the level table for any of the fields. */
const evidence: fc.Arbitrary<Evidence[]> = fc
  .tuple(
    ...Object.keys(fields).map((field) =>
      fc.option(fc.constantFrom(...rows.filter((row) => row.field === field)), {
        nil: undefined,
        freq: fields[field]?.isBare ? 3 : 1,
      }),
    ),
  )
  .map((found) =>
    found
      .filter((row) => row !== undefined)
      .map(({ field, level, under, weight }) => ({
        field,
        level,
        weight,
        group: groupOf(field),
        ...(under !== '' && { under }),
      })),
  );

/** The shipped model with names, dates and addresses that weigh otherwise. */
const model: fc.Arbitrary<Model> = fc
  .array(fc.integer({ min: -6, max: 6 }), { minLength: 60, maxLength: 60 })
  .map((moves) => {
    let at = 0;
    const moved = <Levels extends object>(levels: Levels): Levels =>
      Object.fromEntries(
        Object.entries(levels).map(([level, weight]) => [
          level,
          (weight as number) + (moves[at++ % moves.length] ?? 0) / 3,
        ]),
      ) as Levels;
    const { given, family, birth, mail, phone, street, area } = shipped;
    return {
      ...shipped,
      given: moved(given),
      family: moved(family),
      birth: moved(birth),
      mail: moved(mail),
      phone: moved(phone),
      street: moved(street),
      area: moved(area),
    };
  });

it('weighs the same in TypeScript and in SQL, to the last bit', async () => {
  const pairs = fc.array(evidence, { minLength: together, maxLength: together });
  await fc.assert(
    fc.asyncProperty(pairs, model, async (compared, other) => {
      const [answer] = await database.query<{ weights: number[] }>(
        `SELECT array_agg(${weighSql('one.evidence', other)} ORDER BY one.at) AS weights
         FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS one (evidence, at)`,
        [JSON.stringify(compared)],
      );
      expect(answer?.weights).toEqual(compared.map((one) => weigh(reweighed(one, other), other)));
    }),
    { numRuns: runs(100_000 / together), endOnFailure: true },
  );
}, 300_000);

it('does not guess the weight of a level that it does not know', async () => {
  const unknown = JSON.stringify([{ field: 'given', level: 'backwards', weight: 3, group: 'personal' }]);
  const [answer] = await database.query<{ weight: number | null }>(
    `SELECT ${weighSql('$1::jsonb', shipped)} AS weight`,
    [unknown],
  );
  expect(answer?.weight).toBeNull();
});
