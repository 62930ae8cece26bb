import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../src/cli/run.js';
import { model as shipped } from '../src/identity/evidence/model.js';
import type { Observation } from '../src/identity/record/observation.js';
import type { Retrained } from '../src/identity/retrain/retrain.js';
import { FixedClock } from '../src/shared/clock.js';
import { noon } from './support/foyer.js';
import { type IdentityStage, openIdentity } from './support/identity-stage.js';

const source = { id: '00000000-0000-4000-8000-000000000001', code: 'till', trusted: true, country: 'DE' };

let stage: IdentityStage;
let directory: string;

/** A word like no other: letters of a digest. */
const word = (text: string): string =>
  [...createHash('sha1').update(text).digest('hex').slice(0, 8)]
    .map((digit) => 'bdfgklmnrtaeioup'.charAt(parseInt(digit, 16)))
    .join('');

/** Many people whom the till knows twice, always with a slip in the family name and never with a phone. */
const people = Array.from({ length: 150 }, (_, n) => {
  const traits = {
    givenName: word(`given ${n}`),
    birthDate: `19${40 + (n % 50)}-03-${String(1 + (n % 28)).padStart(2, '0')}`,
  };
  const street = `${word(`street ${n}`)}weg ${n + 1}`;
  return [
    { ...traits, familyName: word(`family ${n}`), street, postalCode: '10115' },
    { ...traits, familyName: `${word(`family ${n}`)}s`, street, postalCode: '10115' },
  ];
});

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'foyer-retrain-'));
  stage = await openIdentity();
  const observations: Observation[] = people.flatMap((twice, n) =>
    twice.map((traits, which) => ({
      source,
      sourceKey: `${String(n).padStart(3, '0')}${'ab'.charAt(which)}`,
      identifiers: [],
      traits,
      occurredAt: noon,
    })),
  );
  await stage.run((tx) => stage.identity.observe(tx, observations));
});
afterAll(async () => {
  await stage?.close();
  rmSync(directory, { recursive: true, force: true });
});

async function retrain(...line: string[]): Promise<{ code: number; out: string[]; err: string[] }> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runCommand(['identity', 'retrain', ...line], {
    environment: { DATABASE_URL: stage.database.url, FOYER_DIR: directory },
    output: { out: (text: string) => out.push(text), err: (text: string) => err.push(text) },
    clock: new FixedClock(noon),
  });
  return { code, out, err };
}

async function told(...line: string[]): Promise<Retrained> {
  const { code, out, err } = await retrain(...line, '--json');
  expect({ code, err }).toEqual({ code: 0, err: [] });
  return JSON.parse(out[0] ?? '') as Retrained;
}

async function versions(): Promise<number[]> {
  const rows = await stage.database.query<{ model: number }>('SELECT DISTINCT model FROM edge ORDER BY model');
  return rows.map(({ model }) => model);
}

it('learns from the own records, shows what would change, and scores by it only when told to, and back', async () => {
  const [one, other] = await stage.database.query<{ id: string }>(
    "SELECT id FROM record WHERE source_key IN ('000a', '000b') ORDER BY source_key",
  );
  const by = { kind: 'staff' };
  const judged = {
    a: one?.id as string,
    b: other?.id as string,
    verdict: 'different' as const,
    by,
    why: 'Two sisters.',
  };
  await stage.run((tx) => stage.identity.judge(tx, judged));
  const before = await stage.customers();
  expect(before).toContain('001a+001b');
  expect(before).toContain('000a');

  writeFileSync(
    join(directory, 'records.jsonl'),
    ['a', 'b']
      .map((id) => JSON.stringify({ source: 's', source_id: id, name: 'Ada Lovelace', birthdate: '1985-12-10' }))
      .join('\n'),
  );
  writeFileSync(join(directory, 'truth.csv'), 'source_id,person_id\na,P\nb,P\n');
  const proposed = await told('--truth', directory);
  expect(proposed).toMatchObject({ version: 1001, current: shipped.version, switched: false });
  expect(proposed.sample?.likelyMatches).toBeGreaterThan(40);
  expect(proposed.truth?.proposed.f1).toBe(1);
  expect(proposed.judgements).toMatchObject({ judgements: 1 });
  // Here a slip in the family name is the rule, and speaks for one person more than elsewhere.
  const family = proposed.weights.find(({ field, level }) => field === 'family' && level === 'close');
  expect(family?.to).toBeGreaterThan(family?.from as number);
  expect(await stage.customers()).toEqual(before);
  expect(await versions()).toEqual([shipped.version]);

  expect(await told('--to', '1001')).toMatchObject({ version: 1001, switched: true });
  expect(await versions()).toContain(1001);
  expect(await stage.customers()).toContain('000a');
  expect(await stage.customers()).toEqual(before);

  expect(await told('--to', String(shipped.version))).toMatchObject({ current: 1001, switched: true });
  expect(await versions()).toEqual([shipped.version]);
  expect(await stage.customers()).toEqual(before);
}, 60_000);

it('says what is wrong', async () => {
  expect(await retrain('--to', '4711')).toMatchObject({ code: 1, err: [expect.stringContaining('no version 4711')] });
  expect(await retrain('--truth', join(directory, 'nowhere'))).toMatchObject({
    code: 1,
    err: [expect.stringContaining('name a folder')],
  });
  expect((await retrain('--pairs', 'many')).code).toBe(2);
});
