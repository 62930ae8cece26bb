import { generateKeyPairSync } from 'node:crypto';
import { decodeProtectedHeader, importSPKI, jwtVerify } from 'jose';
import { Secret, TOTP } from 'otpauth';
import { runCommand } from '../src/cli/run.js';
import { TidyPassesJob } from '../src/pass/tidy-passes.job.js';
import { days, hours, minutes, seconds } from '../src/shared/clock.js';
import { Keys } from '../src/shared/keys.js';
import { ask, openFoyer, type Answer, type Foyer } from './support/foyer.js';
import { Retailer, type TestSource, type TestStore } from './support/retailer.js';

let foyer: Foyer;
let retailer: Retailer;
let shop: TestSource;
let berlin: TestStore;
let hamburg: TestStore;

beforeAll(async () => {
  foyer = await openFoyer();
  retailer = new Retailer(foyer.database);
  shop = await retailer.source('web', 'web-shop');
  berlin = await retailer.store('berlin');
  hamburg = await retailer.store('hamburg');
});
afterAll(async () => foyer.close());
// Whoever missed in one story is forgiven in the next.
beforeEach(() => foyer.clock.advance(minutes(11)));

/** The parts of a LoyaltyObject that make its rotating code. */
interface LoyaltyObject {
  id: string;
  classId: string;
  state: string;
  accountId: string;
  rotatingBarcode: {
    type: string;
    valuePattern: string;
    totpDetails: { algorithm: string; periodMillis: string; parameters: { key: string; valueLength: number }[] };
  };
}
interface WalletPass {
  __typename: string;
  code?: string;
  message?: string;
  id: string;
  googleWalletObject: LoyaltyObject;
  saveUrl: string | null;
  pageUrl: string;
}
interface Outcome {
  __typename: string;
  repeated?: boolean;
  visit?: {
    id: string;
    alarm?: boolean;
    recognition: { status: string; strength: string; matchedBy: { identifier: string; explanation: string }[] };
  };
  code?: string;
  expiredAt?: string;
}
interface Page {
  codes: { text: string; svg: string; from: string; until: string }[];
  stepSeconds: number;
  saveUrl: string | null;
}

let keys = 0;
const fresh = (): string => `key-${(keys += 1)}`;
let members = 810_000;

/** Somebody whom the shop's server has signed in by her loyalty number. */
async function member(token = shop.server): Promise<string> {
  const loyaltyId = String((members += 1));
  const { errors } = await foyer.ask(
    `mutation ($input: SaveConfigurationInput!) { saveConfiguration(input: $input) { __typename } }`,
    {
      input: {
        ...{ idempotencyKey: fresh(), sessionId: fresh(), model: 'estate', options: [] },
        identifiers: [{ kind: 'loyalty', value: loyaltyId }],
        total: { amountMinor: 4_050_000, currency: 'EUR' },
      },
    },
    token,
  );
  expect(errors).toBeUndefined();
  return loyaltyId;
}

const issueWalletPass = `mutation ($input: IssueWalletPassInput!) { issueWalletPass(input: $input) {
  __typename
  ... on WalletPass { id googleWalletObject saveUrl pageUrl }
  ... on Refusal { code message } } }`;
type Issued = Answer<{ issueWalletPass: WalletPass } | null>;

const asked = (loyaltyId: string, idempotencyKey = fresh(), token = shop.server): Promise<Issued> =>
  foyer.ask(issueWalletPass, { input: { idempotencyKey, loyaltyId } }, token);

async function issue(loyaltyId: string, idempotencyKey?: string): Promise<WalletPass> {
  const { data, errors } = await asked(loyaltyId, idempotencyKey);
  expect(errors).toBeUndefined();
  return data?.issueWalletPass as WalletPass;
}

/** What her wallet shows: computed from the object alone, as Google's documentation has it. */
function shown({ googleWalletObject: { rotatingBarcode } }: WalletPass, early = 0): string {
  const { totpDetails, valuePattern } = rotatingBarcode;
  const [{ key, valueLength } = { key: '', valueLength: 0 }] = totpDetails.parameters;
  const at = foyer.clock.now().getTime() + early;
  const totp = new TOTP({
    ...{ algorithm: 'SHA1', digits: valueLength, secret: Secret.fromHex(key) },
    period: Number(totpDetails.periodMillis) / 1000,
  });
  return valuePattern
    .replace('{totp_timestamp_seconds}', String(Math.floor(at / 1000)))
    .replace('{totp_value_0}', totp.generate({ timestamp: at }));
}

async function show(code: string, store = berlin, more: { occurredAt?: Date } = {}): Promise<Outcome> {
  const { data, errors } = await foyer.ask<{ checkIn: Outcome }>(
    `mutation ($input: CheckInInput!) { checkIn(input: $input) {
      __typename
      ... on CheckedIn { repeated visit { id recognition { status strength matchedBy { identifier explanation } } } }
      ... on Refusal { code }
      ... on PassExpired { expiredAt }
    } }`,
    { input: { storeId: store.id, idempotencyKey: fresh(), code, ...more } },
    store.tablet,
  );
  expect(errors).toBeUndefined();
  return data.checkIn;
}

const pageAt = (url: string, token: string): Promise<Answer<{ walletPage: Page | null }>> =>
  ask(
    url,
    'query ($token: String!) { walletPage(token: $token) { stepSeconds saveUrl codes { text svg from until } } }',
    {
      token,
    },
  );
const page = async (pageUrl: string): Promise<Page | null> =>
  (await pageAt(foyer.url, pageUrl.split('/').at(-1) ?? '')).data.walletPage;

/** Another last digit: nearly right. */
const damaged = (code: string): string => `${code.slice(0, -1)}${(Number(code.at(-1)) + 1) % 10}`;

const foyerCommand = async (...args: string[]): Promise<[number, string]> => {
  const said: string[] = [];
  const code = await runCommand(args, {
    output: { out: (line) => said.push(line), err: (line) => said.push(line) },
    environment: {
      DATABASE_URL: foyer.database.url,
      FOYER_DIR: foyer.config.directory,
      PUBLIC_URL: 'https://foyer.example',
    },
    clock: foyer.clock,
  });
  return [code, said.join('\n')];
};

describe('a wallet pass', () => {
  it('is a loyalty object with a rotating code, as Google Wallet documents it', async () => {
    const loyaltyId = await member();
    const pass = await issue(loyaltyId);
    expect(pass).toMatchObject({
      __typename: 'WalletPass',
      saveUrl: null,
      pageUrl: expect.stringMatching(/^https:\/\/foyer\.example\/w\/[\w-]{43}$/) as string,
      googleWalletObject: {
        id: `ISSUER_ID.${pass.id}`,
        classId: 'ISSUER_ID.foyer',
        state: 'ACTIVE',
        accountId: loyaltyId,
        rotatingBarcode: {
          type: 'QR_CODE',
          valuePattern: `FYR1-${pass.id}-{totp_timestamp_seconds}-{totp_value_0}`,
          totpDetails: {
            algorithm: 'TOTP_SHA1',
            periodMillis: '30000',
            parameters: [{ key: expect.stringMatching(/^[0-9A-F]{40}$/) as string, valueLength: 8 }],
          },
        },
      },
    });
    expect(shown(pass)).toMatch(/^FYR1-[0-9A-F]{32}-\d{10}-\d{8}$/);
  });

  it('is the same for a repeated key, and refused for one that was used for somebody else', async () => {
    const [loyaltyId, key] = [await member(), fresh()];
    const pass = await issue(loyaltyId, key);
    foyer.clock.advance(days(1));
    expect(await issue(loyaltyId, key)).toEqual(pass);
    expect(await issue(await member(), key)).toMatchObject({ code: 'KEY_REUSED_DIFFERENTLY' });
    const another = await issue(loyaltyId);
    expect(another.id).not.toBe(pass.id);
    expect(another.googleWalletObject.rotatingBarcode.totpDetails).not.toEqual(
      pass.googleWalletObject.rotatingBarcode.totpDetails,
    );
  });

  it('is for members only: a number that nobody asserted is no member’s, until somebody does', async () => {
    expect(await issue('899999')).toMatchObject({ __typename: 'MemberUnknown', code: 'MEMBER_UNKNOWN' });
    expect(await issue(await member(shop.browser))).toMatchObject({ code: 'MEMBER_UNKNOWN' });
    const key = fresh();
    const later = String(members + 1);
    expect(await issue(later, key)).toMatchObject({ code: 'MEMBER_UNKNOWN' });
    expect(await member()).toBe(later);
    expect(await issue(later, key)).toMatchObject({ __typename: 'WalletPass' });
  });

  it('is given to servers that know members: no browser, no tablet, no newsletter, nobody else', async () => {
    const loyaltyId = await member();
    const newsletter = await retailer.source('news', 'marketing');
    const passes = (): Promise<{ n: string }[]> =>
      foyer.database.query(`SELECT count(*) n FROM pass WHERE kind = 'WALLET'`);
    const before = await passes();
    for (const token of [shop.browser, berlin.tablet, newsletter.server, '']) {
      const { data, errors } = await asked(loyaltyId, fresh(), token);
      expect(data?.issueWalletPass).toBeUndefined();
      expect(errors?.[0]?.extensions.code).toMatch(/^(FORBIDDEN|UNAUTHENTICATED)$/);
    }
    expect(await passes()).toEqual(before);
  });

  it('leaves nothing in the database that opens anything', async () => {
    const pass = await issue(await member());
    const [dump] = await foyer.database.query<{ text: string }>(
      `SELECT string_agg(p::text, ' ') || (SELECT string_agg(i::text, ' ') FROM idempotency_key i) AS text FROM pass p`,
    );
    const [{ key } = { key: '' }] = pass.googleWalletObject.rotatingBarcode.totpDetails.parameters;
    for (const secret of [key, key.toLowerCase(), pass.pageUrl.split('/').at(-1) ?? '']) {
      expect(dump?.text).not.toContain(secret);
    }
  });
});

describe('its rotating code at the door', () => {
  it('confirms her', async () => {
    const pass = await issue(await member());
    const { visit, repeated } = await show(shown(pass));
    expect(repeated).toBe(false);
    expect(visit?.recognition).toEqual({
      ...{ status: 'CONFIRMED', strength: 'VERIFIED' },
      matchedBy: [{ identifier: 'wallet', explanation: 'Showed the rotating code of the wallet card.' }],
    });
  });

  it('may be one step early or late, and no more', async () => {
    const step = seconds(30);
    for (const early of [-step, step]) {
      const pass = await issue(await member());
      expect(await show(shown(pass, early))).toMatchObject({ __typename: 'CheckedIn' });
    }
    const pass = await issue(await member());
    const now = foyer.clock.now().getTime();
    const ended = new Date((Math.floor(now / step) - 0) * step).toISOString();
    expect(await show(shown(pass, -2 * step))).toEqual({
      ...{ __typename: 'PassExpired', code: 'PASS_EXPIRED', expiredAt: ended },
    });
    expect(await show(shown(pass, 2 * step))).toMatchObject({ code: 'PASS_EXPIRED' });
  });

  it('opens one visit a step, whoever comes first, and the next step finds her there', async () => {
    const pass = await issue(await member());
    const code = shown(pass);
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, (_, n) => show(code, n % 2 === 0 ? berlin : hamburg)),
    );
    expect(outcomes.filter(({ __typename, repeated }) => __typename === 'CheckedIn' && !repeated)).toHaveLength(1);
    expect(outcomes.filter(({ code: refusal }) => refusal === 'PASS_ALREADY_USED')).toHaveLength(6);
    const opened = outcomes.find(({ visit }) => visit)?.visit?.id;
    const [{ store_id: where } = { store_id: '' }] = await foyer.database.query<{ store_id: string }>(
      'SELECT store_id FROM wallet_step WHERE visit_id = $1',
      [opened],
    );
    foyer.clock.advance(seconds(30));
    const again = await show(shown(pass), where === berlin.id ? berlin : hamburg);
    expect(again).toMatchObject({ __typename: 'CheckedIn', repeated: true, visit: { id: opened } });
  });

  it('is spent elsewhere and later, and raises the alarm when two stores see the pass within ten minutes', async () => {
    const pass = await issue(await member());
    const code = shown(pass);
    await show(code);
    expect(await show(code, hamburg)).toMatchObject({ code: 'PASS_ALREADY_USED' });
    foyer.clock.advance(minutes(1));
    expect(await show(shown(pass), hamburg)).toMatchObject({ __typename: 'CheckedIn' });
    expect(await show(code, hamburg)).toMatchObject({ code: 'PASS_ALREADY_USED' });
    const shows = await foyer.database.query<{ alarm: boolean }>(
      `SELECT r.alarm FROM redemption r JOIN pass p ON p.id = r.pass_id
       WHERE replace(p.id::text, '-', '') = lower($1) ORDER BY r.at, r.id`,
      [pass.id],
    );
    expect(shows.map(({ alarm }) => alarm)).toEqual([false, true, true, true]);
  });

  it('is presented, and no more, when the tablet was without a connection', async () => {
    const pass = await issue(await member());
    const [code, occurredAt] = [shown(pass), foyer.clock.now()];
    foyer.clock.advance(hours(2));
    expect((await show(code, berlin, { occurredAt })).visit?.recognition).toMatchObject({ strength: 'PRESENTED' });
  });

  it('is unknown when a digit, the time or the pass is another’s, and that counts as a miss', async () => {
    const [pass, other] = [await issue(await member()), await issue(await member())];
    const code = shown(pass);
    const minute = String(Math.floor(foyer.clock.now().getTime() / 1000));
    const wrong = [
      damaged(code),
      code.replace(minute, String(Number(minute) - 90)),
      code.replace(pass.id, other.id),
      code.replace(pass.id, pass.id.replace(/^.{8}/, '00000000')),
    ];
    for (const text of wrong) expect(await show(text)).toMatchObject({ code: 'CODE_UNKNOWN' });
    for (let n = wrong.length; n < 10; n += 1) await show(damaged(code));
    expect(await show(code)).toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
  });

  it('opens nothing once the pass is revoked, and neither does its page', async () => {
    const pass = await issue(await member(), 'lost-phone');
    expect(await foyerCommand('wallet', 'revoke', pass.id)).toEqual([0, `Revoked wallet pass ${pass.id}.`]);
    expect(await show(shown(pass))).toMatchObject({ code: 'CODE_UNKNOWN' });
    expect(await page(pass.pageUrl)).toBeNull();
    const again = await issue(pass.googleWalletObject.accountId, 'lost-phone');
    expect(again.googleWalletObject.state).toBe('INACTIVE');
    const [code, said] = await foyerCommand('wallet', 'revoke', '800100');
    expect([code, said]).toEqual([expect.any(Number), expect.stringContaining('no wallet pass of ours')]);
    expect(code).not.toBe(0);
  });

  it('works on when the keys are rotated', async () => {
    const pass = await issue(await member());
    Keys.rotate(foyer.config.directory);
    const other = await foyer.another();
    const { data } = await pageAt(other.url ?? '', pass.pageUrl.split('/').at(-1) ?? '');
    expect(data.walletPage?.codes[0]?.text.slice(-8)).toBe(shown(pass).slice(-8));
  });
});

describe('the page of a wallet pass', () => {
  it('shows the same rotating code, now and for the next steps, and never the secret', async () => {
    const pass = await issue(await member());
    const shownPage = await page(pass.pageUrl);
    expect(shownPage?.codes.map(({ text }) => text.slice(-8))).toEqual(
      [0, 1, 2, 3].map((step) => shown(pass, step * seconds(30)).slice(-8)),
    );
    expect(shownPage?.codes.map(({ until }) => until).slice(0, 3)).toEqual(
      shownPage?.codes.map(({ from }) => from).slice(1),
    );
    expect(shownPage?.codes[0]?.svg).toMatch(/^<svg/);
    expect(shownPage?.saveUrl).toBeNull();
    const [{ key } = { key: '' }] = pass.googleWalletObject.rotatingBarcode.totpDetails.parameters;
    expect(JSON.stringify(shownPage).toUpperCase()).not.toContain(key);
    const { visit } = await show(shownPage?.codes[0]?.text ?? '');
    expect(visit?.recognition).toMatchObject({ status: 'CONFIRMED', strength: 'VERIFIED' });
  });

  it('is not her other page: neither address opens the other, and no address is a code', async () => {
    const loyaltyId = await member();
    const pass = await issue(loyaltyId);
    const token = pass.pageUrl.split('/').at(-1) ?? '';
    const { data } = await foyer.ask('query ($link: String!) { page(link: $link) { greeting } }', { link: token });
    expect(data).toEqual({ page: null });
    expect(await show(pass.pageUrl)).toMatchObject({ code: 'CODE_UNKNOWN' });
    expect(await show(token)).toMatchObject({ code: 'CODE_UNKNOWN' });
    expect(await page(`${token.slice(0, -3)}abc`)).toBeNull();
  });

  it('is not found by guessing', async () => {
    const pass = await issue(await member());
    for (let n = 0; n < 10; n += 1) expect(await page(`w/${String(n).padStart(43, 'A')}`)).toBeNull();
    const { errors } = await pageAt(foyer.url, pass.pageUrl.split('/').at(-1) ?? '');
    expect(errors?.[0]?.extensions.code).toBe('TOO_MANY_ATTEMPTS');
  });
});

describe('with an account at Google', () => {
  it('the link that saves the pass is a token signed by the service account', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const google = {
      googleWalletIssuer: '3388000000012345678',
      googleWalletEmail: 'wallet@foyer-example.iam.gserviceaccount.com',
      googleWalletKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    };
    const other = await openFoyer(google);
    try {
      const source = await new Retailer(other.database).source('web', 'web-shop');
      const input = { idempotencyKey: fresh(), sessionId: fresh(), model: 'estate', options: [] };
      const total = { amountMinor: 1, currency: 'EUR' };
      const identifiers = [{ kind: 'loyalty', value: '820100' }];
      await other.ask(
        `mutation ($input: SaveConfigurationInput!) { saveConfiguration(input: $input) { __typename } }`,
        { input: { ...input, total, identifiers } },
        source.server,
      );
      const variables = { input: { idempotencyKey: 'once', loyaltyId: '820100' } };
      const answer = async (): Promise<WalletPass> =>
        (await other.ask<{ issueWalletPass: WalletPass }>(issueWalletPass, variables, source.server)).data
          .issueWalletPass;
      const pass = await answer();
      const jwt = pass.saveUrl?.replace('https://pay.google.com/gp/v/save/', '') ?? '';
      expect(decodeProtectedHeader(jwt)).toMatchObject({ alg: 'RS256' });
      const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
      const { payload } = await jwtVerify(jwt, await importSPKI(pem, 'RS256'), {
        ...{ issuer: google.googleWalletEmail, audience: 'google', currentDate: other.clock.now() },
      });
      expect(payload).toMatchObject({ typ: 'savetowallet', payload: { loyaltyObjects: [pass.googleWalletObject] } });
      expect(pass.googleWalletObject.id).toBe(`3388000000012345678.${pass.id}`);
      expect(jwt.length).toBeLessThan(1800);
      other.clock.advance(days(3));
      expect(await answer()).toEqual(pass);
      const token = pass.pageUrl.split('/').at(-1);
      const opened = await other.ask<{ walletPage: { saveUrl: string } }>(
        'query ($token: String!) { walletPage(token: $token) { saveUrl } }',
        { token },
      );
      expect(opened.data.walletPage.saveUrl).toBe(pass.saveUrl);
    } finally {
      await other.close();
    }
  });
});

describe('steps that were shown', () => {
  it('are forgotten once nobody can show them any more', async () => {
    const pass = await issue(await member());
    await show(shown(pass));
    foyer.clock.advance(days(3));
    const tidy = foyer.app.get(TidyPassesJob, { strict: false });
    await tidy.perform();
    expect(await foyer.database.query('SELECT 1 FROM wallet_step')).not.toEqual([]);
    foyer.clock.advance(days(2));
    await tidy.perform();
    expect(await foyer.database.query('SELECT 1 FROM wallet_step')).toEqual([]);
    expect(await show(shown(pass))).toMatchObject({ __typename: 'CheckedIn' });
  });
});
