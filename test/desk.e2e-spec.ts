import { openFoyer, type Foyer } from './support/foyer.js';
import type { Role } from '../src/access/role.js';
import { Retailer, type TestStaff, type TestStore } from './support/retailer.js';

let foyer: Foyer;
let berlin: TestStore;
let wien: TestStore;
let robin: TestStaff;
let jonas: TestStaff;
let mira: TestStaff;

beforeAll(async () => {
  foyer = await openFoyer();
  const retailer = new Retailer(foyer.database);
  berlin = await retailer.store('berlin');
  wien = await retailer.store('wien');
  robin = await retailer.staff('Robin', 'STORE_MANAGER', [berlin]);
  jonas = await retailer.staff('Jonas', 'ASSOCIATE', [berlin]);
  mira = await retailer.staff('Mira', 'ASSOCIATE', [wien]);
});

afterAll(async () => foyer?.close());

interface Reply {
  readonly status: number;
  readonly cookie: string;
  readonly body: unknown;
}

async function call(
  method: string,
  path: string,
  options: { cookie?: string; origin?: string; body?: object; language?: string },
): Promise<Reply> {
  const response = await fetch(`${foyer.url}/desk-api/${path}`, {
    method,
    headers: {
      ...(options.body && { 'content-type': 'application/json' }),
      ...(options.cookie && { cookie: options.cookie }),
      ...(options.origin && { origin: options.origin }),
      ...(options.language && { 'accept-language': options.language }),
    },
    ...(options.body && { body: JSON.stringify(options.body) }),
  });
  const text = await response.text();
  const cookie = response.headers.get('set-cookie') ?? '';
  return { status: response.status, cookie, body: text ? JSON.parse(text) : null };
}

async function signedIn(staff: TestStaff): Promise<string> {
  const { cookie } = await call('POST', 'session', { body: { token: staff.token } });
  return cookie.split(';')[0] ?? '';
}

it('trades a staff token for a cookie that no script reads and no other site sends', async () => {
  const { status, cookie, body } = await call('POST', 'session', { body: { token: robin.token } });
  expect({ status, body }).toEqual({ status: 200, body: { roles: ['STORE_MANAGER'] } });
  expect(cookie).toMatch(/HttpOnly; SameSite=Strict; Secure/);
  expect((await call('POST', 'session', { body: { token: berlin.tablet } })).status).toBe(403);
  expect((await call('POST', 'session', { body: { token: 'foyer_staff_nobody' } })).status).toBe(401);
});

it('takes the cookie from its own pages only', async () => {
  const cookie = await signedIn(robin);
  expect((await call('GET', 'session', { cookie })).status).toBe(200);
  expect((await call('GET', 'session', { cookie, origin: 'https://foyer.example' })).status).toBe(200);
  expect((await call('GET', 'session', { cookie, origin: foyer.url })).status).toBe(200);
  expect((await call('GET', 'session', { cookie, origin: 'https://elsewhere.example' })).status).toBe(401);
  expect((await call('GET', 'session', {})).status).toBe(401);
  const asked = await fetch(`${foyer.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie, origin: 'https://elsewhere.example' },
    body: JSON.stringify({ query: '{ viewer { roles } }' }),
  });
  expect(await asked.text()).toContain('UNAUTHENTICATED');
});

it('shows a manager her stores alone, and nothing to an associate', async () => {
  const cookie = await signedIn(robin);
  const { body } = await call('GET', 'stores', { cookie });
  expect(body).toMatchObject([
    { id: berlin.id, name: 'Store berlin', tablets: [{ id: berlin.tabletId, enrolled: false, revoked: false }] },
  ]);
  expect((await call('GET', 'stores', { cookie: await signedIn(jonas) })).status).toBe(403);
  expect((await call('GET', `visits?storeId=${wien.id}`, { cookie })).status).toBe(403);
});

it('lets her set PINs, add tablets and lose them, in her stores alone', async () => {
  const cookie = await signedIn(robin);
  expect((await call('POST', 'pin', { cookie, body: { staffId: jonas.id, pin: '4711' } })).status).toBe(204);
  expect(await call('POST', 'pin', { cookie, body: { staffId: jonas.id, pin: '1111' } })).toMatchObject({
    status: 422,
  });
  expect((await call('POST', 'pin', { cookie, body: { staffId: mira.id, pin: '4711' } })).status).toBe(403);
  const added = await call('POST', 'tablets', { cookie, body: { storeId: berlin.id, name: 'Door' } });
  expect(added).toMatchObject({ status: 201, body: { code: expect.stringMatching(/^[0-9A-Z]{4}-/) as string } });
  expect((await call('POST', 'tablets', { cookie, body: { storeId: wien.id, name: 'Door' } })).status).toBe(403);
  expect((await call('POST', 'tablets/lost', { cookie, body: { tabletId: wien.tabletId } })).status).toBe(403);
  expect((await call('POST', 'tablets/lost', { cookie, body: { tabletId: berlin.tabletId } })).status).toBe(204);
  expect((await foyer.ask('{ viewer { roles } }', {}, berlin.tablet)).status).toBe(401);
});

it('lets her set her own PIN and those of the floor, of nobody who may do as much as she or more', async () => {
  const retailer = new Retailer(foyer.database);
  const place = await retailer.store('graz');
  const of = (name: string, role: Role): Promise<TestStaff> => retailer.staff(name, role, [place]);
  const her = await of('Greta', 'STORE_MANAGER');
  const peer = await of('Gerd', 'STORE_MANAGER');
  const service = await of('Gabi', 'SERVICE');
  const officer = await of('Gil', 'PRIVACY_OFFICER');
  const admin = await of('Gero', 'ADMIN');
  const sets = async (who: TestStaff): Promise<number[]> => {
    const cookie = await signedIn(who);
    const replies = [her, peer, service, officer, admin].map(async ({ id }) =>
      call('POST', 'pin', { cookie, body: { staffId: id, pin: '4711' } }),
    );
    const statuses = (await Promise.all(replies)).map(({ status }) => status);
    const { body } = await call('GET', 'stores', { cookie });
    const [{ staff }] = body as [{ staff: { id: string; mayChangePin: boolean }[] }];
    const may = new Map(staff.map((each) => [each.id, each.mayChangePin]));
    expect([her, peer, service, officer, admin].map(({ id }) => may.get(id))).toEqual(
      statuses.map((each) => each === 204),
    );
    return statuses;
  };
  expect(await sets(her)).toEqual([204, 403, 204, 403, 403]);
  expect(await sets(admin)).toEqual([204, 204, 204, 403, 204]);
});

it('says why not in the language of the page', async () => {
  const cookie = await signedIn(robin);
  const setPin = (staffId: string, pin: string): Promise<Reply> =>
    call('POST', 'pin', { cookie, language: 'de', body: { staffId, pin } });
  expect((await setPin(jonas.id, '12')).body).toMatchObject({ message: 'Eine PIN hat 4 bis 8 Ziffern.' });
  expect((await setPin(jonas.id, '1111')).body).toMatchObject({
    message: expect.stringContaining('zu leicht zu erraten') as string,
  });
  expect((await setPin(mira.id, '4712')).body).toMatchObject({
    message: 'Diese Person arbeitet in keiner Ihrer Filialen.',
  });
  const elsewhere = await call('GET', `visits?storeId=${wien.id}`, { cookie, language: 'de' });
  expect(elsewhere.body).toMatchObject({ code: 'FORBIDDEN', message: 'Das ist keine Ihrer Filialen.' });
});

it('tells how long visitors waited and what came of it, and of nobody who it is', async () => {
  const checkIn = `mutation ($input: CheckInInput!) { checkIn(input: $input) { ... on CheckedIn { visit { id } } } }`;
  const arrive = async (calledName: string): Promise<string> => {
    const input = { storeId: wien.id, idempotencyKey: calledName, calledName };
    const { data } = await foyer.ask<{ checkIn: { visit: { id: string } } }>(checkIn, { input }, wien.tablet);
    return data.checkIn.visit.id;
  };
  await arrive('Grey coat');
  foyer.clock.advance(90_000);
  const input = { visitId: await arrive('Red scarf'), idempotencyKey: 'who', givenName: 'Ada', familyName: 'Lovelace' };
  const identify = `mutation ($input: IdentifyVisitInput!) { identifyVisit(input: $input) { __typename } }`;
  expect((await foyer.ask(identify, { input }, mira.token)).errors).toBeUndefined();
  const retailer = new Retailer(foyer.database);
  const listed = async (role: Role): Promise<unknown> => {
    const cookie = await signedIn(await retailer.staff(role, role, [wien]));
    return (await call('GET', `visits?storeId=${wien.id}`, { cookie })).body;
  };
  const confirm = 'mutation ($visitId: ID!) { confirmIdentity(visitId: $visitId) { __typename } }';
  await foyer.ask(confirm, { visitId: input.visitId }, mira.token);
  expect(await listed('STORE_MANAGER')).toMatchObject([
    { calledName: 'Red scarf', recognition: 'CONFIRMED', state: 'WAITING', waitedSeconds: 0, expectedAt: null },
    { calledName: 'Grey coat', recognition: 'ANONYMOUS', state: 'WAITING', waitedSeconds: 90, outcome: null },
  ]);
  expect(JSON.stringify(await listed('ADMIN'))).not.toContain('Ada');
});
