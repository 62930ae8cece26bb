import { load } from '../src/identity/evaluate/evaluation.js';
import type { SaidRecord } from '../src/identity/evaluate/said-record.rules.js';
import type { Observation } from '../src/identity/record/observation.js';
import { hours } from '../src/shared/clock.js';
import { type IdentityStage, openIdentity } from './support/identity-stage.js';

const shop = { id: '00000000-0000-4000-8000-000000000001', code: 'shop', trusted: true, country: 'DE' };
const service = { id: '00000000-0000-4000-8000-000000000002', code: 'service', trusted: true, country: 'DE' };
const salesperson = { kind: 'staff', id: '00000000-0000-4000-8000-0000000000aa' };

let stage: IdentityStage;
beforeEach(async () => {
  stage = await openIdentity();
  for (const { id, code } of [shop, service]) {
    await stage.database.query(
      `INSERT INTO source (id, code, name, kind, department, country, trusted, created_at)
       VALUES ($1, $2, $2, 'web', 'sales', 'DE', true, now())`,
      [id, code],
    );
  }
});
afterEach(() => stage.close());

type Said = Partial<Omit<Observation, 'identifiers'>> & {
  is?: Record<string, string>;
  claims?: Record<string, string>;
};

function said(sourceKey: string, { is = {}, claims = {}, ...more }: Said): Observation {
  const list = (values: Record<string, string>, asserted: boolean) =>
    Object.entries(values).map(([kind, value]) => ({ kind, value, asserted }));
  const identifiers = [...list(is, true), ...list(claims, false)];
  return { source: shop, sourceKey, traits: {}, occurredAt: stage.clock.now(), ...more, identifiers };
}

const observe = (...observations: Observation[]) => stage.run((tx) => stage.identity.observe(tx, observations));
const recordId = async (key: string): Promise<string> => {
  const [row] = await stage.database.query<{ id: string }>('SELECT id FROM record WHERE source_key = $1', [key]);
  return row?.id as string;
};

describe('records become customers', () => {
  it('joins what proofs join, across sources, at once or one after the other', async () => {
    await observe(said('u1', { is: { email: 'ada@shop.example' }, traits: { name: 'Ada Lovelace' } }));
    await observe(said('s1', { source: service, is: { email: 'ADA@shop.example', phone: '0160 50910040' } }));
    await observe(
      said('s2', { source: service, is: { phone: '+49 160 50910040' } }),
      said('u2', { is: { loyalty: 'L-1001' } }),
    );
    expect(await stage.customers()).toEqual(['s1+s2+u1', 'u2']);
  });

  it('says who was new, and keeps the customer of the oldest record', async () => {
    const [first] = await observe(said('u1', { is: { email: 'ada@shop.example' } }));
    const [second, again] = await observe(said('u2', { is: { email: 'ada@shop.example' } }), said('u1', {}));
    expect(first).toMatchObject({ created: true });
    expect(second).toMatchObject({ created: true, customerId: first?.customerId });
    expect(again).toMatchObject({ created: false, customerId: first?.customerId, recordId: first?.recordId });
  });

  it('keeps a claim a claim until it is asserted', async () => {
    await observe(
      said('u1', { is: { email: 'ada@shop.example' } }),
      said('u2', { claims: { email: 'ada@shop.example' } }),
    );
    expect(await stage.customers()).toEqual(['u1', 'u2']);
    await observe(said('u2', { is: { email: 'ada@shop.example' } }));
    expect(await stage.customers()).toEqual(['u1+u2']);
  });

  it('takes apart what a value had joined once a second person holds it', async () => {
    await observe(
      said('u1', { is: { email: 'family@home.example', loyalty: 'L-1001' }, traits: { givenName: 'Ada' } }),
      said('s1', { source: service, is: { email: 'family@home.example' } }),
      said('s2', { source: service, is: { loyalty: 'L-1001' } }),
    );
    expect(await stage.customers()).toEqual(['s1+s2+u1']);
    await observe(
      said('s3', { source: service, is: { email: 'family@home.example' }, traits: { givenName: 'Bertrand' } }),
    );
    expect(await stage.customers()).toEqual(['s1', 's2+u1', 's3']);
    const [old] = await stage.database.query<{ separations: number }>(
      'SELECT separations FROM customer WHERE id = (SELECT customer_id FROM membership WHERE record_id = $1)',
      [await recordId('u1')],
    );
    expect(old?.separations).toBe(1);
  });

  it('joins two customers into the older one and lets the younger id lead there', async () => {
    await observe(said('u1', { is: { email: 'ada@shop.example' } }), said('s1', { is: { phone: '0160 50910040' } }));
    const [younger] = await observe(said('s1', {}));
    await observe(said('s2', { is: { email: 'ada@shop.example', phone: '0160 50910040' } }));
    expect(await stage.customers()).toEqual(['s1+s2+u1']);
    const older = await stage.run((tx) => stage.identity.presentId(tx, younger?.customerId as string));
    const [present] = await observe(said('u1', {}));
    expect(older).toBe(present?.customerId);
    expect(older).not.toBe(younger?.customerId);
  });

  it('carries an anonymous browser to the account that signed in on it', async () => {
    await observe(said('anonymous:b1', { is: { device: 'browser-1' } }));
    stage.clock.advance(hours(1));
    await observe(said('u1', { is: { account: 'u1', device: 'browser-1' } }));
    expect(await stage.customers()).toEqual(['anonymous:b1+u1']);
    await observe(said('u2', { is: { account: 'u2', device: 'browser-1' } }));
    expect(await stage.customers()).toEqual(['anonymous:b1', 'u1', 'u2']);
  });

  it('identifies nobody by a blocked value, and by what it said before neither', async () => {
    await observe(
      said('anonymous:b1', { is: { device: 'kiosk-7' } }),
      said('u1', { is: { account: 'u1', device: 'kiosk-7' } }),
    );
    await stage.run((tx) =>
      stage.identity.block(tx, { kind: 'device', value: 'kiosk-7', reason: 'stands in the store' }),
    );
    expect(await stage.customers()).toEqual(['anonymous:b1', 'u1']);
    await stage.run((tx) => stage.identity.unblock(tx, { kind: 'device', value: 'kiosk-7' }));
    expect(await stage.customers()).toEqual(['anonymous:b1+u1']);
  });
});

describe('records that take over each other’s values at once', () => {
  it('wait for one another in one order, never in a circle', async () => {
    const people = ['ada', 'berta', 'clara', 'dora'];
    for (let round = 0; round < 12; round += 1) {
      stage.clock.advance(1000);
      const all = people.map((key, place) => {
        const mail = `${people[(place + round) % people.length]}@shop.example`;
        return said(key, { is: { email: mail }, traits: { name: `Ada ${'BCDEFGHIJKLM'[round]}arlow` } });
      });
      await Promise.all([...all, ...all].map((one) => observe(one)));
    }
    const [row] = await stage.database.query<{ deadlocks: number }>(
      'SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()',
    );
    expect(row?.deadlocks).toBe(0);
  });
});

describe('a set of records that is loaded to be measured', () => {
  const karin = { name: 'Karin Sand', birthdate: '1971-05-17' };
  // One person whom fifteen departments know by two addresses, and one of them by her card beside both.
  const records = Array.from({ length: 240 }, (_, n): SaidRecord => ({
    source: `s${n % 15}`,
    source_id: `r${n}`,
    ...karin,
    email: n < 120 ? 'karin@sand.example' : 'k.sand@work.example',
    ...((n === 0 || n === 120) && { loyalty_id: 'L-550011' }),
  }));

  it('is one customer though she has more records than are decided while somebody waits', async () => {
    const { identity, transactions, clock } = stage;
    const loading = { identity, transactions, now: clock.now(), country: 'DE', batch: 300, elapsed: () => 0 };
    const { customerOf } = await load(records, loading);
    expect(new Set(customerOf.values()).size).toBe(1);
  });
});

describe('people judge', () => {
  const judge = async (a: string, b: string, verdict: 'same' | 'different') => {
    stage.clock.advance(1000);
    const [one, other] = [await recordId(a), await recordId(b)];
    await stage.run((tx) => stage.identity.judge(tx, { a: one, b: other, verdict, by: salesperson, why: 'greeted' }));
  };

  it('joins on a word, takes it back, and leaves no trace in the customers', async () => {
    await observe(said('u1', {}), said('v1', {}));
    await judge('v1', 'u1', 'same');
    expect(await stage.customers()).toEqual(['u1+v1']);
    const [word] = await stage.database.query<{ id: string }>('SELECT id FROM judgement');
    await stage.run((tx) => stage.identity.revoke(tx, word?.id ?? '', salesperson));
    expect(await stage.customers()).toEqual(['u1', 'v1']);
    expect(await stage.database.query('SELECT * FROM customer_alias')).toEqual([]);
  });

  it('sets a visit apart from everything of that customer, and brings it back on a later word', async () => {
    const mail = { email: 'ada@shop.example' };
    await observe(said('u1', { is: mail }), said('s1', { source: service, is: mail }), said('v1', { is: mail }));
    expect(await stage.customers()).toEqual(['s1+u1+v1']);
    await judge('v1', 'u1', 'different');
    expect(await stage.customers()).toEqual(['s1+u1', 'v1']);
    await judge('v1', 's1', 'same');
    expect(await stage.customers()).toEqual(['s1+u1+v1']);
  });

  it.each([
    ['a', 'c'],
    ['c', 'a'],
  ])('makes one of all again whom a word had set apart, whichever is named first (%s)', async (one, other) => {
    const mail = { email: 'ada@shop.example' };
    await observe(said('a', { is: mail }), said('b', { is: mail }), said('c', { is: mail }));
    await judge('a', 'b', 'different');
    expect(await stage.customers()).toEqual(['a', 'b+c']);
    await judge(one, other, 'same');
    expect(await stage.customers()).toEqual(['a+b+c']);

    const [word] = await stage.database.query<{ id: string }>(
      `SELECT id FROM judgement WHERE verdict = 'same' AND revoked_at IS NULL`,
    );
    stage.clock.advance(1000);
    await stage.run((tx) => stage.identity.revoke(tx, word?.id ?? '', salesperson));
    expect(await stage.customers()).toEqual(['a', 'b+c']);
  });

  it('leaves the others apart when a visit is told to be of the other one', async () => {
    await observe(said('a', {}), said('b', {}), said('v1', {}));
    await judge('a', 'b', 'different');
    await judge('v1', 'a', 'same');
    const [visit, b] = [await recordId('v1'), await recordId('b')];
    const visitId = '0198c0de-0000-7000-8000-000000000001';
    await stage.database.query('UPDATE record SET source_key = $2 WHERE id = $1', [visit, visitId]);
    stage.clock.advance(1000);
    await stage.run((tx) =>
      stage.identity.judge(tx, { a: visit, b, verdict: 'same', by: salesperson, visitId, why: 'greeted' }),
    );
    expect(await stage.customers()).toEqual([`${visitId}+b`, 'a']);
  });

  it.each(['same', 'different'] as const)(
    'keeps once what somebody says again (%s), and takes it back',
    async (verdict) => {
      const mail = { email: 'ada@shop.example' };
      await observe(said('a', { is: mail }), said('b', { is: mail }), said('c', {}), said('d', {}));
      const names: [string, string] = verdict === 'same' ? ['c', 'd'] : ['a', 'b'];
      const before = await stage.customers();
      await judge(...names, verdict);
      const after = await stage.customers();
      await judge(...names, verdict);
      const words = await stage.database.query<{ id: string }>('SELECT id FROM judgement');
      expect(words).toHaveLength(1);
      expect(await stage.customers()).toEqual(after);
      await stage.run((tx) => stage.identity.revoke(tx, words[0]?.id ?? '', salesperson));
      expect(await stage.customers()).toEqual(before);
    },
  );

  it('forgets a record as if it had never been', async () => {
    await observe(said('u1', { is: { email: 'ada@shop.example' } }));
    await observe(
      said('b1', { is: { email: 'ada@shop.example', phone: '0160 50910040' } }),
      said('u2', { is: { phone: '0160 50910040' } }),
    );
    expect(await stage.customers()).toEqual(['b1+u1+u2']);
    const bridge = await recordId('b1');
    await stage.run((tx) => stage.identity.remove(tx, [bridge]));
    expect(await stage.customers()).toEqual(['u1', 'u2']);
  });
});
