import { webcrypto } from 'node:crypto';
import { issueEnrolCode } from '../src/access/enrolment/enrol-codes.js';
import { setPin } from '../src/access/enrolment/pins.js';
import { revoke } from '../src/access/enrolment/revocation.js';
import { minutes } from '../src/shared/clock.js';
import { openFoyer, type Foyer } from './support/foyer.js';
import { Retailer, type TestStaff, type TestStore } from './support/retailer.js';

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
