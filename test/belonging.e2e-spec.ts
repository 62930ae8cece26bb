import { v7 } from 'uuid';
import { hours } from '../src/shared/clock.js';
import { Cast } from './support/cast.js';
import { eventually } from './support/foyer.js';
import type { TestSource, TestStaff } from './support/retailer.js';
import { ShopFloor } from './support/shop-floor.js';
import { Tablet } from './support/tablet.js';

let cast: Cast;
let floor: ShopFloor;
let service: TestSource;
let amira: TestStaff;
let sam: TestStaff;
const tablets: Tablet[] = [];

beforeAll(async () => {
  cast = await Cast.gather();
  floor = new ShopFloor(cast.foyer);
  service = await cast.retailer.source('service', 'service', { trusted: true });
  amira = await cast.retailer.staff('Amira', 'ADMIN', [cast.north]);
  sam = await cast.retailer.staff('Sam', 'ASSOCIATE', [cast.south]);
});
afterEach(async () => {
  for (const tablet of tablets.splice(0)) await tablet.leave();
});
afterAll(() => cast?.foyer.close());

interface Seen {
  version: number;
  customer: { id: string; loyaltyId: string | null } | null;
  ownedProducts: { label: string }[];
  possibleMatches: { id: string; maskedName: string; department: string; reasons: string[] }[];
}
interface Settled {
  __typename: string;
  code?: string;
  visit?: { id: string; context: Seen | null };
}

const fields =
  'version customer { id loyaltyId } ownedProducts { label } possibleMatches { id maskedName department reasons }';

async function contextOf(visitId: string, token = cast.bob.token): Promise<Seen | null> {
  const document = `query ($id: ID!) { visit(id: $id) { context { ${fields} } } }`;
  return (await cast.ask<{ visit: { context: Seen | null } }>(document, { id: visitId }, token)).visit.context;
}

/** What a tablet keeps from view on a visit because somebody said no to analytics. */
async function refusalsOn(visitId: string): Promise<string[]> {
  const document = 'query ($id: ID!) { visit(id: $id) { context { withheld { field reason } } } }';
  const { visit } = await cast.ask<{ visit: { context: { withheld: { field: string; reason: string }[] } } }>(
    document,
    { id: visitId },
    cast.bob.token,
  );
  return visit.context.withheld.filter(({ reason }) => /analytics|consent/i.test(reason)).map(({ field }) => field);
}

async function settle(visitId: string, matchId: string, isSame: boolean, token = cast.bob.token): Promise<Settled> {
  cast.foyer.clock.advance(1000);
  const document = `mutation ($visitId: ID!, $matchId: ID!, $isSame: Boolean!) {
    settled: settlePossibleMatch(visitId: $visitId, matchId: $matchId, isSame: $isSame) {
      __typename ... on Refusal { code } ... on VisitChanged { visit { id context { ${fields} } } } } }`;
  return (await cast.ask<{ settled: Settled }>(document, { visitId, matchId, isSame }, token)).settled;
}

async function say(call: string, variables: Record<string, string> = {}): Promise<{ judgementId: string | null }> {
  cast.foyer.clock.advance(1000);
  const types = Object.keys(variables).map((name) => `$${name}: ID!`);
  const document = `mutation (${types.join(', ')}) { said: ${call} { __typename ... on Judged { judgementId } ... on Refusal { code } } }`;
  return (await cast.ask<{ said: { judgementId: string | null } }>(document, variables, amira.token)).said;
}

async function listening(token = cast.bob.token): Promise<Tablet> {
  const tablet = new Tablet(cast.foyer.url, token, cast.north.id, `id state context { ${fields} }`);
  tablets.push(tablet);
  return tablet.follow();
}

const told = (tablet: Tablet, visitId: string): Seen | null =>
  (tablet.arrivals.filter(({ visit }) => visit.id === visitId).at(-1)?.visit.context as Seen | null | undefined) ??
  null;

let card = 4000;

/** Somebody whom the club knows by her card and the workshop by her name alone; perhaps one, perhaps two. */
async function twice(given: string, family: string, consents: object[] = []) {
  const loyaltyId = `L-55${(card += 1)}`;
  const full = { firstName: given, lastName: family, birthDate: '1971-05-17', loyaltyId };
  const hers = await cast.knows(cast.club, v7(), full);
  const userId = v7();
  const other = await cast.knows(service, userId, {
    firstName: given,
    lastName: family,
    email: `${given}.workshop@secret.example`.toLowerCase(),
  });
  await floor.tells(
    service,
    {
      type: 'track',
      event: 'Product Registered',
      userId,
      timestamp: '2026-03-01T09:00:00Z',
      properties: { vin: `VIN-${loyaltyId}`, name: `Estate of ${given}` },
    },
    ...consents,
  );
  return { hers, other, loyaltyId };
}

async function greeted(loyaltyId: string): Promise<string> {
  const { visit } = await cast.checkIn({ code: loyaltyId });
  await cast.confirm(visit.id);
  return visit.id;
}

describe('a visitor who may be known twice', () => {
  it('is told so once she is confirmed, without a word of the other, and is one when she says so, on every tablet', async () => {
    const { hers, other, loyaltyId } = await twice('Xaverine', 'Hollerstett');
    const { visit } = await cast.checkIn({ code: loyaltyId });
    expect((await contextOf(visit.id))?.possibleMatches).toEqual([]);
    await cast.confirm(visit.id);
    const context = await contextOf(visit.id);
    expect(context?.possibleMatches).toMatchObject([{ maskedName: 'Xa… H…', department: 'service' }]);
    expect(context?.possibleMatches[0]?.reasons).toEqual(['The same family name.', 'The same first name.']);
    expect(JSON.stringify(context)).not.toMatch(/secret|Estate of/);
    for (const id of [other, (await cast.customerOf(other)) as string])
      expect(JSON.stringify(context)).not.toContain(id);

    const tablet = await listening();
    const settled = await settle(visit.id, context?.possibleMatches[0]?.id as string, true);
    expect(settled).toMatchObject({ __typename: 'VisitChanged', visit: { context: { possibleMatches: [] } } });
    expect(await cast.customerOf(other)).toBe(await cast.customerOf(hers));
    await eventually('the other tablet shows her car', async () =>
      told(tablet, visit.id)?.ownedProducts.some(({ label }) => label === 'Estate of Xaverine'),
    );

    const [word] = await cast.foyer.database.query<{ id: string; by_id: string; why: string; visit_id: string }>(
      "SELECT id, by_id, why, visit_id FROM judgement WHERE visit_id = $1 AND why LIKE 'asked%'",
      [visit.id],
    );
    expect(word).toMatchObject({ visit_id: visit.id, why: 'asked in the store: the same' });
    await say('revokeJudgement(id: $id)', { id: word?.id as string });
    expect(await cast.customerOf(other)).not.toBe(await cast.customerOf(hers));
    await eventually(
      'the car has left the other tablet',
      async () => told(tablet, visit.id)?.ownedProducts.length === 0,
    );
  });

  it('stays two when she says so, and is not asked again', async () => {
    const { hers, other, loyaltyId } = await twice('Kunibert', 'Aschenbrandt');
    const visitId = await greeted(loyaltyId);
    const [match] = (await contextOf(visitId))?.possibleMatches ?? [];
    expect(await settle(visitId, match?.id as string, false)).toMatchObject({ __typename: 'VisitChanged' });
    expect(await cast.customerOf(other)).not.toBe(await cast.customerOf(hers));
    expect((await contextOf(visitId))?.possibleMatches).toEqual([]);
    expect(await settle(visitId, match?.id as string, true)).toMatchObject({ code: 'CANDIDATE_UNKNOWN' });
  });

  it('is asked by nobody but who serves in that store, on that visit', async () => {
    const { loyaltyId } = await twice('Leocadia', 'Pfifferling');
    const visitId = await greeted(loyaltyId);
    const [match] = (await contextOf(visitId))?.possibleMatches ?? [];
    const elsewhere = await cast.checkIn({ calledName: 'Otto' });
    expect(await settle(elsewhere.visit.id, match?.id as string, true)).toMatchObject({ code: 'NOT_POSSIBLE_NOW' });
    expect(await settle(visitId, match?.id as string, true, sam.token)).toMatchObject({ code: 'VISIT_NOT_FOUND' });
    const document = `mutation { settlePossibleMatch(visitId: "${visitId}", matchId: "${match?.id}", isSame: true) { __typename } }`;
    for (const token of [cast.shop.server, amira.token])
      expect((await cast.foyer.ask(document, {}, token)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    await cast.end(visitId);
    expect(await settle(visitId, match?.id as string, true)).toMatchObject({ code: 'NOT_POSSIBLE_NOW' });
  });
});

describe('what staff judge at the desk', () => {
  it('reaches every tablet of the store at once, there and back, and leaves no id that leads nowhere', async () => {
    const mail = 'wendeline@bruchfeld.example';
    const loyaltyId = 'L-779901';
    const names = { firstName: 'Wendeline', lastName: 'Bruchfeld' };
    const carKey = v7();
    const mine = await cast.knows(service, carKey, { ...names, email: mail });
    await floor.tells(service, {
      type: 'track',
      event: 'Product Registered',
      userId: carKey,
      timestamp: '2026-03-01T09:00:00Z',
      properties: { vin: 'VIN-W', name: 'Her estate' },
    });
    const carded = await cast.knows(cast.club, v7(), { ...names, email: mail, loyaltyId });
    const id = (await cast.customerOf(mine)) as string;
    expect(await cast.customerOf(carded)).toBe(id);
    const visitId = await greeted(loyaltyId);
    const [one, other] = [await listening(), await listening(cast.eve.token)];
    const shows = (label: string, is: boolean) =>
      eventually(`both tablets ${is ? 'show' : 'hide'} ${label}`, async () =>
        [one, other].every((tablet) => {
          const seen = told(tablet, visitId);
          return seen !== null && seen.ownedProducts.some((product) => product.label === label) === is;
        }),
      );

    const parted = await say('separateRecord(recordId: $id, why: "Her sister’s card.")', { id: carded });
    await shows('Her estate', false);
    expect(told(one, visitId)?.customer).toMatchObject({ id: await cast.customerOf(carded), loyaltyId });
    await say('revokeJudgement(id: $id)', { id: parted.judgementId as string });
    await shows('Her estate', true);

    await say('separateRecord(recordId: $id, why: "Her sister’s after all.")', { id: carded });
    await shows('Her estate', false);
    const away = (await cast.customerOf(carded)) as string;
    expect(away).not.toBe(id);
    await say('judgeRecords(a: $a, b: $b, verdict: SAME, why: "No, her own.")', { a: carded, b: mine });
    await shows('Her estate', true);
    for (const known of [id, away]) {
      const document = 'query ($id: ID!) { customer(id: $id) { id formerIds } }';
      const { customer } = await cast.ask<{ customer: { id: string; formerIds: string[] } }>(
        document,
        { id: known },
        amira.token,
      );
      expect(customer.id).toBe(await cast.customerOf(carded));
      expect(customer.formerIds).toContain([id, away].find((each) => each !== customer.id));
    }
  });

  it('takes visits, consents and history with the record they came with', async () => {
    const mail = 'ottilie@sturzbach.example';
    const userId = v7();
    const hers = await cast.knows(service, v7(), { firstName: 'Ottilie', lastName: 'Sturzbach', email: mail });
    const his = await cast.knows(cast.club, userId, { lastName: 'Sturzbach', email: mail, loyaltyId: 'L-779902' });
    await floor.tells(cast.club, {
      type: 'track',
      event: 'Consent Updated',
      userId,
      timestamp: '2026-03-02T09:00:00Z',
      properties: { purpose: 'analytics', granted: false },
    });
    const account = v7();
    const comes = async (): Promise<string> => {
      cast.foyer.clock.advance(hours(1));
      const { pass } = await cast.saves([
        { kind: 'account', value: account },
        { kind: 'email', value: mail },
      ]);
      return (await cast.checkIn({ code: pass.url })).visit.id;
    };
    const before = await comes();
    expect(await refusalsOn(before)).toEqual(['activity']);
    await cast.end(before);
    const visitId = await greeted('L-779902');
    expect(await cast.customerOf(hers)).toBe(await cast.customerOf(his));
    await say('separateRecord(recordId: $id, why: "Her husband’s.")', { id: his });
    const [hersNow, hisNow] = [await cast.customerOf(hers), await cast.customerOf(his)];
    expect(hersNow).not.toBe(hisNow);
    const of = async (customerId: string | undefined): Promise<{ visits: number; consents: number; lines: number }> => {
      const [row] = await cast.foyer.database.query<{ visits: number; consents: number; lines: number }>(
        `SELECT count(DISTINCT v.id)::int AS visits, count(DISTINCT c.purpose)::int AS consents,
           count(DISTINCT a.id)::int AS lines
         FROM membership m LEFT JOIN visit v ON v.record_id = m.record_id
         LEFT JOIN consent c ON c.record_id = m.record_id LEFT JOIN activity a ON a.record_id = m.record_id AND a.kind = 'visit.started'
         WHERE m.customer_id = $1`,
        [customerId],
      );
      return row as { visits: number; consents: number; lines: number };
    };
    expect(await of(hisNow)).toMatchObject({ visits: 1, consents: 1, lines: 1 });
    expect(await of(hersNow)).toMatchObject({ visits: 1, consents: 0, lines: 1 });
    expect((await contextOf(visitId))?.customer?.id).toBe(hisNow);
    expect(await refusalsOn(visitId)).toEqual(['activity']);
    expect(await refusalsOn(await comes())).toEqual([]);
  });
});

interface Member {
  loyaltyId: string;
  userId: string;
  record: string;
}

let number = 6000;

async function member(given: string, more: Record<string, unknown>, source = cast.club): Promise<Member> {
  const [loyaltyId, userId] = [`L-66${(number += 1)}`, v7()];
  const record = await cast.knows(source, userId, { firstName: given, loyaltyId, ...more });
  return { loyaltyId, userId, record };
}

const home = (street: string) => ({ street, postalCode: '10115', city: 'Berlin' });
const at = (street: string, family: string) => ({ lastName: family, address: home(street) });

interface Related {
  customer: { id: string };
  recordA: string;
  recordB: string;
  evidence: { field: string; text: string }[];
}

async function related(record: string): Promise<Related[]> {
  const document = `query ($id: ID!) { customer(id: $id) {
    related { customer { id } recordA recordB evidence { field text } } } }`;
  const id = await cast.customerOf(record);
  return (await cast.ask<{ customer: { related: Related[] } }>(document, { id }, amira.token)).customer.related;
}

interface With {
  visitId: string;
  name: string | null;
  because: string[];
}

async function shopsWith(visitId: string, token = cast.bob.token): Promise<With[] | undefined> {
  const document = 'query ($id: ID!) { visit(id: $id) { context { shopsWith { visitId name because } } } }';
  const asked = await cast.ask<{ visit: { context: { shopsWith: With[] } | null } }>(document, { id: visitId }, token);
  return asked.visit.context?.shopsWith;
}

async function welcomed({ loyaltyId }: Member, store = cast.north, token = cast.bob.token): Promise<string> {
  const { visit } = await cast.checkIn({ code: loyaltyId }, { store });
  await cast.confirm(visit.id, undefined, token);
  return visit.id;
}

describe('a household', () => {
  it('is told of related customers who are never joined, with what they share', async () => {
    const karin = await member('Karin', at('Lindenallee 7', 'Winkelmann'));
    const bernd = await member('Bernd', at('Lindenallee 7', 'Winkelmann'), service);
    const [hers, his] = [await cast.customerOf(karin.record), await cast.customerOf(bernd.record)];
    expect(hers).not.toBe(his);
    const [one, ...others] = await related(karin.record);
    expect(others).toEqual([]);
    expect(one).toMatchObject({ customer: { id: his }, recordA: karin.record, recordB: bernd.record });
    expect(one?.evidence.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['The same family name.', 'The same street address.']),
    );
    expect((await related(bernd.record))[0]?.customer.id).toBe(hers);

    cast.foyer.clock.advance(60_000);
    await cast.knows(service, bernd.userId, { address: home('Hafenweg 3') });
    await eventually('he has moved out', async () => (await related(karin.record)).length === 0);
  });

  it('is none by a common name in one town', async () => {
    const one = await member('Jutta', at('Rosenweg 1', 'Albrecht'));
    await member('Sven', at('Tulpenweg 9', 'Albrecht'));
    expect(await related(one.record)).toEqual([]);
  });
});

describe('"shops with"', () => {
  it('is read on both visits while both are confirmed and in the same store, live', async () => {
    const family = at('Ahornweg 12', 'Petersen');
    const oskar = await member('Oskar', family);
    const grete = await member('Grete', family);
    const his = await welcomed(oskar);
    expect(await shopsWith(his)).toEqual([]);
    const tablet = new Tablet(
      cast.foyer.url,
      cast.bob.token,
      cast.north.id,
      'id state context { version shopsWith { name } }',
    );
    await tablet.follow();
    const told = (visitId: string): string[] => {
      const last = tablet.arrivals.filter(({ visit }) => visit.id === visitId).at(-1)?.visit.context;
      return ((last as unknown as { shopsWith: { name: string }[] } | null)?.shopsWith ?? []).map(({ name }) => name);
    };

    const { visit } = await cast.checkIn({ code: grete.loyaltyId });
    expect(await shopsWith(his)).toEqual([]);
    await cast.confirm(visit.id);
    expect(await shopsWith(visit.id)).toEqual([
      { visitId: his, name: 'Oskar', because: expect.arrayContaining(['The same street address.']) as string[] },
    ]);
    await eventually('his tablet says so', async () => told(his).includes('Grete'));
    await cast.end(visit.id);
    expect(await shopsWith(his)).toEqual([]);
    await eventually('his tablet says so no more', async () => told(his).length === 0);
    await tablet.leave();
  });

  it('is not said across stores, or of who forbids recognition', async () => {
    const family = at('Eschenweg 4', 'Quandt');
    const [paul, lotte] = [await member('Paul', family), await member('Lotte', family)];
    const his = await welcomed(paul);
    const away = await welcomed(lotte, cast.south, cast.eve.token);
    expect(await shopsWith(his)).toEqual([]);
    await cast.end(away, {}, cast.eve.token);
    const hers = await welcomed(lotte);
    expect((await shopsWith(his))?.map(({ visitId }) => visitId)).toEqual([hers]);
    await floor.tells(cast.club, {
      type: 'track',
      event: 'Consent Updated',
      userId: lotte.userId,
      timestamp: '2026-03-10T10:59:00Z',
      properties: { purpose: 'recognition', granted: false },
    });
    expect(await shopsWith(his)).toEqual([]);
  });
});
