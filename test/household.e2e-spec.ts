import { v7 } from 'uuid';
import { Cast } from './support/cast.js';
import { eventually } from './support/foyer.js';
import type { TestSource, TestStaff } from './support/retailer.js';
import { ShopFloor } from './support/shop-floor.js';
import { Tablet } from './support/tablet.js';

let cast: Cast;
let floor: ShopFloor;
let service: TestSource;
let amira: TestStaff;

beforeAll(async () => {
  cast = await Cast.gather();
  floor = new ShopFloor(cast.foyer);
  service = await cast.retailer.source('service', 'service', { trusted: true });
  amira = await cast.retailer.staff('Amira', 'ADMIN', [cast.north]);
});
afterAll(() => cast?.foyer.close());

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

async function greeted({ loyaltyId }: Member, store = cast.north, token = cast.bob.token): Promise<string> {
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
    const his = await greeted(oskar);
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
    const his = await greeted(paul);
    const away = await greeted(lotte, cast.south, cast.eve.token);
    expect(await shopsWith(his)).toEqual([]);
    await cast.end(away, {}, cast.eve.token);
    const hers = await greeted(lotte);
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
