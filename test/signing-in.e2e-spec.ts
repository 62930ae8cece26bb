import { webcrypto } from 'node:crypto';
import { issueEnrolCode } from '../src/access/enrolment/enrol-codes.js';
import { setPin } from '../src/access/enrolment/pins.js';
import { revoke } from '../src/access/enrolment/revocation.js';
import { minutes } from '../src/shared/clock.js';
import type { Role } from '../src/access/role.js';
import { type Foyer, openFoyer } from './support/foyer.js';
import { Retailer, type TestStaff, type TestStore } from './support/retailer.js';

describe('the tablets', () => {
  const { subtle } = webcrypto;

  let foyer: Foyer;
  let retailer: Retailer;
  let berlin: TestStore;
  let jonas: TestStaff;

  beforeAll(async () => {
    foyer = await openFoyer();
    retailer = new Retailer(foyer.database);
    berlin = await retailer.store('berlin');
    jonas = await retailer.staff('Jonas', 'ASSOCIATE', [berlin]);
    await setPin(foyer.database, jonas.id, '4711', foyer.clock.now());
  });

  afterAll(async () => foyer?.close());

  interface Reply {
    status: number;
    body: Record<string, string>;
  }

  async function post(path: string, body: object, token?: string, language = 'en'): Promise<Reply> {
    const response = await fetch(`${foyer.url}/tablet/${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'accept-language': language,
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: (text ? JSON.parse(text) : {}) as Record<string, string> };
  }

  async function deviceKey(): Promise<{ sign: (text: string) => Promise<string>; publicKey: object }> {
    const keys = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
    const publicKey = await subtle.exportKey('jwk', keys.publicKey);
    const sign = async (text: string): Promise<string> =>
      Buffer.from(
        await subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, keys.privateKey, new TextEncoder().encode(text)),
      ).toString('base64');
    return { sign, publicKey };
  }

  async function newTablet(): Promise<{ tabletId: string; code: string }> {
    const { tabletId } = await retailer.tablet(berlin.id);
    const { code } = await issueEnrolCode(foyer.database, tabletId, foyer.clock.now());
    return { tabletId, code };
  }

  async function enrolled(): Promise<{ tabletId: string; token: () => Promise<Reply> }> {
    const { tabletId, code } = await newTablet();
    const { sign, publicKey } = await deviceKey();
    expect((await post('enrol', { code, publicKey })).body).toEqual({ tabletId });
    const token = async (): Promise<Reply> => {
      const { challenge = '' } = (await post('challenge', { tabletId })).body;
      return post('token', { tabletId, challenge, signature: await sign(challenge) });
    };
    return { tabletId, token };
  }

  const viewer = '{ viewer { associate { displayName } roles } }';

  describe('enrolling a tablet', () => {
    it('trades a code once for tokens against the device’s signature', async () => {
      const tablet = await enrolled();
      const { status, body } = await tablet.token();
      expect(status).toBe(200);
      const { data } = await foyer.ask(viewer, {}, body['token']);
      expect(data).toEqual({ viewer: { associate: null, roles: [] } });
    });

    it('refuses a code that was used, is too old, or never was', async () => {
      const { code } = await newTablet();
      const { publicKey } = await deviceKey();
      expect((await post('enrol', { code, publicKey })).status).toBe(200);
      const other = await deviceKey();
      expect(await post('enrol', { code, publicKey: other.publicKey })).toMatchObject({
        status: 422,
        body: { code: 'NOT_ACCEPTED' },
      });
      expect((await post('enrol', { code: 'ABCD-EFGH-JKMN', publicKey: other.publicKey })).status).toBe(422);

      const late = await newTablet();
      foyer.clock.advance(minutes(10));
      expect((await post('enrol', { code: late.code, publicKey })).status).toBe(422);
    });

    it('answers once more to the device that enrolled when it missed the answer', async () => {
      const { tabletId, code } = await newTablet();
      const { publicKey } = await deviceKey();
      expect((await post('enrol', { code, publicKey })).body).toEqual({ tabletId });
      expect((await post('enrol', { code, publicKey })).body).toEqual({ tabletId });
      foyer.clock.advance(minutes(10));
      expect((await post('enrol', { code, publicKey })).status).toBe(422);
    });

    it('takes a challenge that a process with another clock has made, and asks for a new one when it is too old', async () => {
      const { tabletId, code } = await newTablet();
      const { sign, publicKey } = await deviceKey();
      await post('enrol', { code, publicKey });
      const { challenge = '' } = (await post('challenge', { tabletId })).body;
      const proof = { tabletId, challenge, signature: await sign(challenge) };
      foyer.clock.advance(-50);
      expect((await post('token', proof)).status).toBe(200);
      foyer.clock.advance(minutes(2));
      expect(await post('token', proof)).toMatchObject({ status: 422, body: { code: 'NOT_ACCEPTED' } });
    });

    it('gives no token for another key’s signature, an old challenge, or another tablet’s', async () => {
      const { tabletId } = await enrolled();
      const other = await enrolled();
      const stranger = await deviceKey();
      const { challenge = '' } = (await post('challenge', { tabletId })).body;
      const signature = await stranger.sign(challenge);
      expect((await post('token', { tabletId, challenge, signature })).status).toBe(401);
      const { challenge: foreign = '' } = (await post('challenge', { tabletId: other.tabletId })).body;
      const signedForeign = await stranger.sign(foreign);
      expect((await post('token', { tabletId, challenge: foreign, signature: signedForeign })).status).toBe(422);
      expect((await post('token', { tabletId: 'x', challenge, signature })).status).toBe(400);
    });

    it('ends with the tablet', async () => {
      const tablet = await enrolled();
      const token = (await tablet.token()).body['token'];
      await revoke(foyer.database, tablet.tabletId, foyer.clock.now());
      expect((await foyer.ask(viewer, {}, token)).status).toBe(401);
      expect((await tablet.token()).status).toBe(401);
    });
  });

  describe('without a shift', () => {
    it('shows how many wait, not who', async () => {
      const input = { storeId: berlin.id, idempotencyKey: 'k', calledName: 'Otto' };
      await foyer.ask(
        'mutation ($input: CheckInInput!) { checkIn(input: $input) { __typename } }',
        { input },
        berlin.tablet,
      );
      const bare = (await (await enrolled()).token()).body['token'] ?? '';
      const board = `query ($id: ID!) { board(storeId: $id) { present { state calledName context { asOf } } } }`;
      const { data } = await foyer.ask(board, { id: berlin.id }, bare);
      expect(data).toEqual({ board: { present: [{ state: 'WAITING', calledName: null, context: null }] } });
    });
  });

  describe('a shift', () => {
    it('is opened by PIN, is hers, and ends when the tablet is locked', async () => {
      const tablet = await enrolled();
      const bare = (await tablet.token()).body['token'] ?? '';
      expect((await post('colleagues', {}, bare)).body).toEqual([{ id: jonas.id, displayName: 'Jonas' }]);
      const { body } = await post('shift', { staffId: jonas.id, pin: '4711' }, bare);
      const asJonas = { viewer: { associate: { displayName: 'Jonas' }, roles: ['ASSOCIATE'] } };
      expect((await foyer.ask(viewer, {}, body['token'])).data).toEqual(asJonas);
      expect((await post('shift/end', {}, body['token'])).status).toBe(204);
      expect((await foyer.ask(viewer, {}, body['token'])).status).toBe(401);
    });

    it('is refused in the language of the tablet', async () => {
      const bare = (await (await enrolled()).token()).body['token'] ?? '';
      const wrong = async (language: string): Promise<string | undefined> =>
        (await post('shift', { staffId: jonas.id, pin: '0815' }, bare, language)).body['message'];
      expect(await wrong('en-GB')).toBe('This PIN is not right.');
      expect(await wrong('de-AT, en;q=0.5')).toBe('Diese PIN stimmt nicht.');
      expect((await post('shift', { staffId: jonas.id, pin: '4711' }, bare)).status).toBe(200);
      const { publicKey } = await deviceKey();
      const { body } = await post('enrol', { code: 'ABCD-EFGH-JKMN', publicKey }, undefined, 'de');
      expect(body['message']).toContain('Dieser Code gilt nicht');
    });

    it('rests after five wrong PINs, for the right one too', async () => {
      const bare = (await (await enrolled()).token()).body['token'] ?? '';
      for (let miss = 0; miss < 5; miss += 1)
        expect((await post('shift', { staffId: jonas.id, pin: '0815' }, bare)).status).toBe(422);
      expect((await post('shift', { staffId: jonas.id, pin: '4711' }, bare)).status).toBe(422);
      foyer.clock.advance(minutes(15));
      const fresh = (await (await enrolled()).token()).body['token'] ?? '';
      expect((await post('shift', { staffId: jonas.id, pin: '4711' }, fresh)).status).toBe(200);
    });

    it('opens no more than the work on the floor, whatever else she may who gives the PIN', async () => {
      const bare = (await (await enrolled()).token()).body['token'] ?? '';
      const olga = await retailer.staff('Olga', 'ADMIN', [berlin]);
      const robin = await retailer.staff('Robin', 'STORE_MANAGER', [berlin]);
      for (const { id } of [olga, robin]) await setPin(foyer.database, id, '9173', foyer.clock.now());
      const names = (await post('colleagues', {}, bare)).body as unknown as { displayName: string }[];
      expect(names.map(({ displayName }) => displayName)).toEqual(['Jonas', 'Robin']);
      expect((await post('shift', { staffId: olga.id, pin: '9173' }, bare)).status).toBe(422);
      const { body } = await post('shift', { staffId: robin.id, pin: '9173' }, bare);
      const atDesk = await fetch(`${foyer.url}/desk-api/stores`, {
        headers: { authorization: `Bearer ${body['token']}` },
      });
      expect(atDesk.status).toBe(403);
      // A shift that was open when she became more than a colleague.
      await foyer.database.query(`UPDATE "staff" SET "role" = 'ADMIN' WHERE "id" = $1`, [robin.id]);
      expect((await foyer.ask(viewer, {}, body['token'])).data).toMatchObject({ viewer: { roles: [] } });
      await foyer.database.query(`UPDATE "staff" SET "revoked_at" = now() WHERE "id" = ANY($1)`, [[olga.id, robin.id]]);
    });

    it('is not for somebody of another store', async () => {
      const wien = await retailer.store('wien');
      const mira = await retailer.staff('Mira', 'ASSOCIATE', [wien]);
      await setPin(foyer.database, mira.id, '9173', foyer.clock.now());
      const bare = (await (await enrolled()).token()).body['token'] ?? '';
      expect((await post('shift', { staffId: mira.id, pin: '9173' }, bare)).status).toBe(422);
    });
  });
});

describe('the desk', () => {
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
    const input = {
      visitId: await arrive('Red scarf'),
      idempotencyKey: 'who',
      givenName: 'Ada',
      familyName: 'Lovelace',
    };
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
});
