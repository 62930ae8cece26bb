import { v7 } from 'uuid';
import { model } from '../src/identity/evidence/model.js';
import { languages } from '../src/shared/catalogue/languages.js';
import { say } from '../src/shared/catalogue/say.js';
import { Cast } from './support/cast.js';
import { eventually } from './support/foyer.js';
import type { TestSource, TestStaff } from './support/retailer.js';

let cast: Cast;
let service: TestSource;
let amira: TestStaff;
let nils: TestStaff;
let greta: TestStaff;

beforeAll(async () => {
  cast = await Cast.gather();
  service = await cast.retailer.source('service', 'service-desk', { trusted: true });
  amira = await cast.retailer.staff('Amira', 'ADMIN', [cast.north]);
  nils = await cast.retailer.staff('Nils', 'ANALYST', [cast.north]);
  greta = await cast.retailer.staff('Greta', 'STORE_MANAGER', [cast.north], 'de');
});
afterAll(() => cast?.foyer.close());

interface SeenRecord {
  id: string;
  source: string;
  values: { field: string; text: string; isMasked: boolean }[];
}
interface SeenTie {
  recordA: string;
  recordB: string;
  kind: string;
  weight: number | null;
  evidence: { field: string; text: string; weight: number | null }[];
  judgementId: string | null;
}
interface SeenCustomer {
  id: string;
  formerIds: string[];
  records: SeenRecord[];
  judgements: { id: string; verdict: string; why: string }[];
}
interface JudgeAnswer {
  __typename: string;
  code?: string;
  message?: string;
  judgementId?: string;
  judgementIds?: string[];
  customers?: { id: string }[];
}

const answerFields = `__typename ... on Judged { judgementId customers { id } } ... on Refusal { code message }
  ... on JudgedApart { judgementIds }`;

async function customer(id: string, token = amira.token): Promise<SeenCustomer | null> {
  const document = `query ($id: ID!) { customer(id: $id) { id formerIds
    records { id source values { field text isMasked } } judgements { id verdict why } } }`;
  return (await cast.ask<{ customer: SeenCustomer | null }>(document, { id }, token)).customer;
}

async function why(id: string, a: string, b: string, token = amira.token): Promise<SeenTie[] | null> {
  const document = `query ($id: ID!, $a: ID!, $b: ID!) { customer(id: $id) { whyOne(recordA: $a, recordB: $b) {
    recordA recordB kind weight judgementId evidence { field text weight } } } }`;
  const asked = await cast.ask<{ customer: { whyOne: SeenTie[] | null } }>(document, { id, a, b }, token);
  return asked.customer.whyOne;
}

async function judge(a: string, b: string, verdict: string, token = amira.token): Promise<JudgeAnswer> {
  cast.foyer.clock.advance(1000);
  const document = `mutation ($a: ID!, $b: ID!, $verdict: Verdict!) {
    answer: judgeRecords(a: $a, b: $b, verdict: $verdict, why: "Asked her on the phone.") { ${answerFields} } }`;
  return (await cast.ask<{ answer: JudgeAnswer }>(document, { a, b, verdict }, token)).answer;
}

async function call(field: string, args: Record<string, string>, token = amira.token): Promise<JudgeAnswer> {
  cast.foyer.clock.advance(1000);
  const names = Object.keys(args);
  const types = names.map((name) => `$${name}: ${name === 'why' ? 'String!' : 'ID!'}`).join(', ');
  const document = `mutation (${types}) { answer: ${field}(${names.map((name) => `${name}: $${name}`).join(', ')}) { ${answerFields} } }`;
  return (await cast.ask<{ answer: JudgeAnswer }>(document, args, token)).answer;
}

async function queue(
  token = amira.token,
  first = 50,
): Promise<{ a: string; b: string; weight: number; heldApart: string | null; texts: string[] }[]> {
  const found: { a: string; b: string; weight: number; heldApart: string | null; texts: string[] }[] = [];
  let after: string | null = null;
  do {
    const document = `query ($first: Int!, $after: String) { reviewQueue(first: $first, after: $after) { nextCursor
      pairs { id weight heldApart a { id } b { id } evidence { text weight } } } }`;
    const { reviewQueue: page }: { reviewQueue: Page } = await cast.ask(document, { first, after }, token);
    for (const { a, b, weight, heldApart, evidence } of page.pairs)
      found.push({ a: a.id, b: b.id, weight, heldApart, texts: evidence.map((line) => line.text) });
    for (const { weight, evidence } of page.pairs)
      expect(evidence.reduce((sum, line) => sum + line.weight, 0)).toBeCloseTo(weight, 3);
    after = page.nextCursor;
  } while (after !== null);
  return found;
}
interface Page {
  nextCursor: string | null;
  pairs: {
    a: { id: string };
    b: { id: string };
    weight: number;
    heldApart: string | null;
    evidence: { text: string; weight: number }[];
  }[];
}

/** Two records of somebody made up for one story, alike by name and birth date but for what sets them apart. */
async function twice(
  first: Record<string, unknown>,
  second: Record<string, unknown>,
): Promise<{ a: string; b: string }> {
  return { a: await cast.knows(cast.club, v7(), first), b: await cast.knows(service, v7(), second) };
}

/** One name and nothing else: likely, not certain, a question for a person. */
const doubtful = (given: string, family: string) =>
  twice({ firstName: given, lastName: family, birthDate: '1971-05-17' }, { firstName: given, lastName: family });

const areOne = async ({ a, b }: { a: string; b: string }) => (await cast.customerOf(a)) === (await cast.customerOf(b));

describe('What staff judge', () => {
  it('joins what the machine left open, takes it back, and outranks it either way', async () => {
    const pair = await doubtful('Xaverine', 'Hollerstett');
    expect(await areOne(pair)).toBe(false);
    const said = await judge(pair.a, pair.b, 'SAME');
    expect(said).toMatchObject({ __typename: 'Judged', customers: [{ id: await cast.customerOf(pair.a) }] });
    expect(await areOne(pair)).toBe(true);

    expect(await call('revokeJudgement', { id: said.judgementId as string })).toMatchObject({ __typename: 'Judged' });
    expect(await areOne(pair)).toBe(false);
    expect(await call('revokeJudgement', { id: said.judgementId as string })).toMatchObject({
      code: 'JUDGEMENT_UNKNOWN',
    });

    const proven = await twice(
      { firstName: 'Isolde', lastName: 'Vandersteg', email: 'isolde@vandersteg.example' },
      { firstName: 'Isolde', lastName: 'Vandersteg', email: 'isolde@vandersteg.example' },
    );
    expect(await areOne(proven)).toBe(true);
    expect(await judge(proven.a, proven.b, 'DIFFERENT')).toMatchObject({ __typename: 'Judged' });
    expect(await areOne(proven)).toBe(false);
    await judge(proven.a, proven.b, 'SAME');
    expect(await areOne(proven)).toBe(true);
  });

  it('takes back its own word only, and brings back what that word had set aside', async () => {
    const pair = await doubtful('Walburga', 'Sensenbrink');
    await judge(pair.a, pair.b, 'SAME');
    const apart = await judge(pair.a, pair.b, 'DIFFERENT');
    expect(await areOne(pair)).toBe(false);
    await call('revokeJudgement', { id: apart.judgementId as string });
    expect(await areOne(pair)).toBe(true);

    const proven = await twice(
      { firstName: 'Hedwig', lastName: 'Vanderbloom', email: 'hedwig@vanderbloom.example' },
      { firstName: 'Hedwig', lastName: 'Vanderbloom', email: 'hedwig@vanderbloom.example' },
    );
    await judge(proven.a, proven.b, 'DIFFERENT');
    const again = await judge(proven.a, proven.b, 'SAME');
    expect(await areOne(proven)).toBe(true);
    await call('revokeJudgement', { id: again.judgementId as string });
    expect(await areOne(proven)).toBe(false);
  });

  it('leaves earlier words as they are where somebody is not sure', async () => {
    const pair = await doubtful('Irmentrud', 'Kaltwasser');
    await judge(pair.a, pair.b, 'SAME');
    await judge(pair.a, pair.b, 'UNSURE');
    expect(await areOne(pair)).toBe(true);
  });

  it('asks of each doubtful pair once, with reasons in words, and not again once somebody said something', async () => {
    const pair = await doubtful('Kunibert', 'Aschenbrandt');
    const other = await doubtful('Leocadia', 'Pfifferling');
    const isPair = ({ a, b }: { a: string; b: string }) => [a, b].sort().join() === [pair.a, pair.b].sort().join();
    const open = (await queue()).find(isPair);
    expect(open?.weight).toBeGreaterThanOrEqual(model.possible);
    expect(open?.weight).toBeLessThan(model.automatic);
    expect(open?.texts).toContain('The same first name.');
    expect((await queue(greta.token)).find(isPair)?.texts).toContain('Derselbe Vorname.');
    expect((await queue(amira.token, 1)).map(({ a, b }) => `${a} ${b}`)).toEqual(
      (await queue()).map(({ a, b }) => `${a} ${b}`),
    );

    expect(await judge(pair.a, pair.b, 'UNSURE')).toMatchObject({ __typename: 'Judged' });
    expect(await areOne(pair)).toBe(false);
    const after = await queue();
    expect(after.some(isPair)).toBe(false);
    expect(after.some(({ a, b }) => [a, b].includes(other.a) && [a, b].includes(other.b))).toBe(true);
  });

  it('asks of two whom only a guard holds apart, says which, and no more once they are one or judged', async () => {
    const lena = { firstName: 'Leontine', lastName: 'Dornbracht', birthDate: '1974-08-02' };
    const pair = {
      a: await cast.knows(cast.club, 'leontine', { ...lena, loyaltyId: 'L-778101' }),
      b: await cast.knows(service, 'leontine', { ...lena, loyaltyId: 'L-778102' }),
    };
    const isPair = ({ a, b }: { a: string; b: string }) => [a, b].sort().join() === [pair.a, pair.b].sort().join();
    expect(await areOne(pair)).toBe(false);
    const [asked] = (await queue()).filter(isPair);
    expect(asked?.weight).toBeGreaterThanOrEqual(model.automatic);
    expect(asked?.heldApart).toBe(
      'Held apart: the two customers bear different values of what tells people apart (loyalty number).',
    );
    expect((await queue(greta.token)).find(isPair)?.heldApart).toContain('Kundenkartennummer');

    const said = await judge(pair.a, pair.b, 'DIFFERENT');
    expect((await queue()).some(isPair)).toBe(false);
    await call('revokeJudgement', { id: said.judgementId as string });
    expect((await queue()).some(isPair)).toBe(true);
    // The service desk has her first card now as well: one person with two cards.
    await cast.knows(service, 'leontine', { ...lena, loyaltyId: 'L-778101' });
    await eventually('they are one', () => areOne(pair));
    expect((await queue()).some(isPair)).toBe(false);
  });

  it('leads from every id she ever had to her, and to both again when they part', async () => {
    const pair = await doubtful('Thusnelda', 'Grauwacke');
    const [one, other] = [(await cast.customerOf(pair.a)) as string, (await cast.customerOf(pair.b)) as string];
    const joined = await call('joinCustomers', { a: one, b: other, why: 'Same person, she says.' });
    const [kept, gone] = [one, other].sort() as [string, string];
    expect(joined.customers).toEqual([{ id: kept }]);
    const seen = await customer(gone);
    expect(seen).toMatchObject({ id: kept, formerIds: [gone], judgements: [{ verdict: 'SAME' }] });
    expect(seen?.records.map(({ id }) => id).sort()).toEqual([pair.a, pair.b].sort());
    expect(await call('joinCustomers', { a: one, b: other, why: 'Again.' })).toMatchObject({ code: 'ALREADY_ONE' });

    const parted = await call('separateRecord', { recordId: pair.b, why: 'It was her sister.' });
    expect(parted.customers?.map(({ id }) => id).sort()).toEqual([kept, gone]);
    expect((await customer(gone))?.id).toBe(gone);
    expect(await call('joinCustomers', { a: one, b: other, why: 'And again.' })).toMatchObject({
      code: 'JUDGED_APART',
      judgementIds: [parted.judgementId],
    });
    expect(await call('separateRecord', { recordId: pair.b, why: 'Again.' })).toMatchObject({
      code: 'NOTHING_TO_SEPARATE',
    });
  });

  it('takes facts of the other with it when a record is separated', async () => {
    const mail = 'ottilie@sturzbach.example';
    const mine = await cast.knows(service, 'ottilie', { firstName: 'Ottilie', lastName: 'Sturzbach', email: mail });
    const theirs = await cast.knows(cast.club, 'otto', { lastName: 'Sturzbach', email: mail, loyaltyId: 'L-778001' });
    const id = (await cast.customerOf(mine)) as string;
    expect(await cast.customerOf(theirs)).toBe(id);
    const profile = async (): Promise<string> => {
      // What the context shows: only facts as old as the last separation at most.
      const rows = await cast.foyer.database.query<{ payload: object }>(
        `SELECT f.payload FROM fact f JOIN customer c ON c.id = f.customer_id AND c.separations = f.separations
         WHERE c.id = $1 AND f.step = 'profile'`,
        [id],
      );
      return JSON.stringify(rows);
    };
    await eventually('his card among her facts', async () => (await profile()).includes('L-778001'));
    await call('separateRecord', { recordId: theirs, why: 'Her husband’s.' });
    expect(await profile()).not.toContain('L-778001');
    await eventually('her facts computed anew', async () => (await profile()).includes('Ottilie'));
    expect(await profile()).not.toContain('L-778001');
    expect((await customer(id))?.records.map((record) => record.id)).toEqual([mine]);
  });
});

describe('Why two records are one customer', () => {
  it('is told from what is stored: proofs, compared evidence and human words, along the firmest path', async () => {
    const mail = 'wendeline@bruchfeld.example';
    const full = { firstName: 'Wendeline', lastName: 'Bruchfeld', birthDate: '1969-09-30' };
    const a = await cast.knows(cast.club, v7(), { ...full, email: mail });
    const b = await cast.knows(service, v7(), { email: mail });
    const c = await cast.knows(await cast.retailer.source('phones', 'loyalty', { trusted: true }), v7(), full);
    const finance = await cast.retailer.source('finance', 'finance', { trusted: true });
    const d = await cast.knows(finance, v7(), { firstName: 'Wendeline', lastName: 'Anderswo' });
    await judge(d, c, 'SAME');
    const id = (await cast.customerOf(a)) as string;
    expect(await Promise.all([b, c, d].map((record) => cast.customerOf(record)))).toEqual([id, id, id]);

    // Comparing again would find nothing: only what was stored speaks.
    const path = await why(id, b, d);
    expect(path?.map((tie) => tie.kind)).toEqual(['PROOF', 'EVIDENCE', 'JUDGED']);
    expect(path?.flatMap((tie) => [tie.recordA, tie.recordB])).toEqual([b, a, a, c, c, d]);
    const [proof, compared, judged] = path as [SeenTie, SeenTie, SeenTie];
    expect(proof.evidence[0]?.text).toBe('Both are known by the same e-mail address (w…@b….example).');
    expect(compared.evidence.map((line) => line.text)).toContain('The same date of birth.');
    expect(compared.weight).toBeGreaterThanOrEqual(model.automatic);
    expect(compared.evidence.reduce((sum, line) => sum + (line.weight ?? 0), 0)).toBe(compared.weight);
    expect(judged).toMatchObject({
      weight: null,
      evidence: [{ text: expect.stringContaining('Asked her') as string }],
    });
    expect((await why(id, a, c, greta.token))?.[0]?.evidence.map((line) => line.text)).toContain(
      'Dasselbe Geburtsdatum.',
    );

    await cast.foyer.database.query('DELETE FROM edge WHERE (lo = $1 AND hi = $2) OR (lo = $2 AND hi = $1)', [a, c]);
    expect(await why(id, a, c)).toBeNull();
    expect(await why(id, a, v7())).toBeNull();
  });

  it('says why a comparison counts less, and what was taken off the whole', async () => {
    const home = { lastName: 'Müller', address: { street: 'Erlenweg 5', postalCode: '10115', city: 'Berlin' } };
    const phone = '+49 30 5550099';
    const pair = await twice({ firstName: 'Anna', phone, ...home }, { firstName: 'Anna', phone, ...home });
    await cast.knows(service, v7(), { firstName: 'Jochen', lastName: 'Müller', phone });
    const path = await why((await cast.customerOf(pair.a)) as string, pair.a, pair.b);
    const tie = path?.find(({ kind }) => kind === 'EVIDENCE');
    const texts = tie?.evidence.map(({ text }) => text);
    expect(texts).toContain('The same family name. Many bear it, so it says less.');
    expect(texts).toContain('The same phone number. Others bear it too, so it says less.');
    expect(texts?.at(-1)).toBe('What a whole household shares counts only so much.');
    expect(tie?.evidence.reduce((sum, line) => sum + (line.weight ?? 0), 0)).toBe(tie?.weight);
  });

  it('has words in every language for whatever the model weighs', () => {
    const fields = [
      'given',
      'family',
      'birth',
      'nationalId',
      'mail',
      'phone',
      'device',
      'street',
      'area',
      'relatives',
    ] as const;
    const levels = fields.flatMap((field) => Object.keys(model[field]).map((level) => ({ field, level })));
    for (const language of languages.keys())
      for (const { field, level } of levels)
        expect(say(language, 'evidence.compared', { field, level })).not.toBe(`${field}: ${level}`);
  });
});

describe('Who may', () => {
  it('shows an analyst shapes, a manager names, and everything to who answers for it; all of it audited', async () => {
    const record = await cast.knows(cast.club, v7(), {
      firstName: 'Philomena',
      lastName: 'Krautwald',
      birthDate: '1966-01-20',
      email: 'philomena@krautwald.example',
    });
    const id = (await cast.customerOf(record)) as string;
    const read = async (token: string) =>
      Object.fromEntries(
        ((await customer(id, token))?.records[0]?.values ?? []).map(({ field, text }) => [field, text]),
      );
    expect(await read(amira.token)).toMatchObject({ givenName: 'Philomena', email: 'philomena@krautwald.example' });
    expect(await read(greta.token)).toMatchObject({
      givenName: 'Philomena',
      birthDate: '1966-01-20',
      email: 'p…@k….example',
    });
    expect(await read(nils.token)).toMatchObject({ givenName: 'P…', birthDate: '1966', email: 'p…@k….example' });
    await eventually('three readings in the audit trail', async () => {
      const rows = await cast.foyer.database.query(
        "SELECT staff_id FROM audit WHERE action = 'customer.records.read' AND customer_id = $1",
        [id],
      );
      return rows.length === 3;
    });
  });

  it('lets no associate, tablet or source see or judge any of it, and no analyst judge', async () => {
    const { a, b } = await doubtful('Balduin', 'Eichenlohe');
    const judging = `mutation { judgeRecords(a: "${a}", b: "${b}", verdict: SAME, why: "x") { __typename } }`;
    const documents = [
      `{ customer(id: "${(await cast.customerOf(a)) as string}") { id } }`,
      '{ reviewQueue { nextCursor } }',
      judging,
      `mutation { separateRecord(recordId: "${a}", why: "x") { __typename } }`,
      `mutation { joinCustomers(a: "${a}", b: "${b}", why: "x") { __typename } }`,
      `mutation { revokeJudgement(id: "${a}") { __typename } }`,
    ];
    const codeOf = async (document: string, token: string) =>
      (await cast.foyer.ask(document, {}, token)).errors?.[0]?.extensions.code;
    for (const token of [cast.bob.token, cast.north.tablet, cast.shop.server])
      for (const document of documents) expect(await codeOf(document, token)).toBe('FORBIDDEN');
    expect(await codeOf(judging, nils.token)).toBe('FORBIDDEN');
    expect(await areOne({ a, b })).toBe(false);

    await judge(a, b, 'SAME', greta.token);
    const [entry] = await cast.foyer.database.query<{ staff_id: string; detail: object }>(
      "SELECT staff_id, detail FROM audit WHERE action = 'identity.judged' AND record_id = $1",
      [a],
    );
    expect(entry).toMatchObject({ staff_id: greta.id, detail: { verdict: 'same', other: b } });
  });

  it('says what is wrong with ids, reasons and cursors', async () => {
    const { a } = await doubtful('Hedwiga', 'Lindenau');
    expect(await judge(a, v7(), 'SAME')).toMatchObject({ code: 'RECORD_UNKNOWN' });
    expect(await call('joinCustomers', { a: v7(), b: a, why: 'Because.' })).toMatchObject({ code: 'CUSTOMER_UNKNOWN' });
    expect(await customer(v7())).toBeNull();
    for (const document of [
      '{ customer(id: "me") { id } }',
      `mutation { judgeRecords(a: "${a}", b: "${a}", verdict: SAME, why: "x") { __typename } }`,
      `mutation { separateRecord(recordId: "${a}", why: "  ") { __typename } }`,
      '{ reviewQueue(after: "nowhere") { nextCursor } }',
      '{ reviewQueue(first: 1000) { nextCursor } }',
    ]) {
      const { errors } = await cast.foyer.ask(document, {}, amira.token);
      expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    }
  });
});
