import { runCommand } from '../src/cli/run.js';
import { TidyPassesJob } from '../src/pass/tidy-passes.job.js';
import { days, minutes, seconds } from '../src/shared/clock.js';
import { Keys } from '../src/shared/keys.js';
import { type Foyer, openFoyer } from './support/foyer.js';
import { Retailer, type TestSource, type TestStore } from './support/retailer.js';

describe('a pass', () => {
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
  beforeEach(() => foyer.clock.advance(minutes(1)));

  interface Saved {
    configuration: { id: string; code: string };
    pass: { url: string };
    link: string;
  }
  interface Outcome {
    __typename: string;
    repeated?: boolean;
    visit?: { id: string; recognition: { status: string; strength: string } };
    code?: string;
    retryAfterSeconds?: number;
    usedAt?: string;
    expiredAt?: string;
  }

  let keys = 0;
  const fresh = (): string => `key-${(keys += 1)}`;

  async function save(identifiers: [string, string][], token = shop.server): Promise<Saved> {
    const { data, errors } = await foyer.ask<{ saveConfiguration: Saved }>(
      `mutation ($input: SaveConfigurationInput!) { saveConfiguration(input: $input) {
      ... on SavedConfiguration { configuration { id code } pass { url } link } } }`,
      {
        input: {
          ...{ idempotencyKey: fresh(), sessionId: fresh(), model: 'estate', options: [] },
          identifiers: identifiers.map(([kind, value]) => ({ kind, value })),
          total: { amountMinor: 4_050_000, currency: 'EUR' },
        },
      },
      token,
    );
    expect(errors).toBeUndefined();
    return data.saveConfiguration;
  }

  async function show(code: string, store = berlin, tablet = store.tablet): Promise<Outcome> {
    const { data, errors } = await foyer.ask<{ checkIn: Outcome }>(
      `mutation ($input: CheckInInput!) { checkIn(input: $input) {
      __typename
      ... on CheckedIn { repeated visit { id recognition { status strength } } }
      ... on Refusal { code }
      ... on TooManyAttempts { retryAfterSeconds }
      ... on PassAlreadyUsed { usedAt }
      ... on PassExpired { expiredAt }
    } }`,
      { input: { storeId: store.id, idempotencyKey: fresh(), code } },
      tablet,
    );
    expect(errors).toBeUndefined();
    return data.checkIn;
  }

  const recognition = async (code: string, store = berlin): Promise<unknown> =>
    (await show(code, store)).visit?.recognition;
  const redemptions = (code: string): Promise<{ store_id: string; repeated: boolean; alarm: boolean }[]> =>
    foyer.database.query(
      `SELECT r.store_id, r.repeated, r.alarm FROM redemption r JOIN pass p ON p.id = r.pass_id
     WHERE p.configuration_id = (SELECT id FROM configuration WHERE code = $1) ORDER BY r.at, r.id`,
      [code],
    );

  describe('what a pass is worth', () => {
    it('verifies her whom the shop’s server has signed in', async () => {
      const { pass } = await save([['loyalty', '800100']]);
      expect(await recognition(pass.url)).toEqual({ status: 'CONFIRMED', strength: 'VERIFIED' });
      const signedIn = await save([['account', 'u-ada']]);
      expect(await recognition(signedIn.pass.url)).toEqual({ status: 'CONFIRMED', strength: 'VERIFIED' });
    });

    it('is presented, and no more, where only an address was known or a browser said so', async () => {
      const byMail = await save([['email', 'ada@home.example']]);
      expect(await recognition(byMail.pass.url)).toMatchObject({ strength: 'PRESENTED', status: 'CLAIMED' });
      const byBrowser = await save([['loyalty', '800100']], shop.browser);
      expect(await recognition(byBrowser.pass.url)).toMatchObject({ strength: 'PRESENTED' });
    });

    it('is presented when a browser repeats the server’s key', async () => {
      const input = {
        ...{ idempotencyKey: fresh(), sessionId: fresh(), model: 'estate', options: [] },
        identifiers: [{ kind: 'loyalty', value: '800150' }],
        total: { amountMinor: 1, currency: 'EUR' },
      };
      const again = async (token: string): Promise<string> => {
        const { data } = await foyer.ask<{ saveConfiguration: Saved }>(
          `mutation ($input: SaveConfigurationInput!) { saveConfiguration(input: $input) {
          ... on SavedConfiguration { pass { url } } } }`,
          { input },
          token,
        );
        return data.saveConfiguration.pass.url;
      };
      await again(shop.server);
      expect(await recognition(await again(shop.browser))).toMatchObject({ strength: 'PRESENTED' });
      expect(await recognition(await again(shop.server), hamburg)).toMatchObject({ strength: 'VERIFIED' });
    });

    it('opens a configuration by its code, and no person', async () => {
      const { configuration } = await save([['loyalty', '800200']]);
      expect(await recognition(configuration.code)).toEqual({ status: 'ANONYMOUS', strength: 'NONE' });
    });

    it('is presented for the mailed link, however it is scanned, as often as she likes', async () => {
      const { link } = await save([['loyalty', '800300']]);
      const first = await show(link);
      expect(first.visit?.recognition).toMatchObject({ status: 'CLAIMED', strength: 'PRESENTED' });
      expect(await show(link.replace('https://foyer.example', 'HTTPS://FOYER.EXAMPLE'))).toMatchObject({
        ...{ __typename: 'CheckedIn', repeated: true, visit: { id: first.visit?.id } },
      });
    });

    it('is presented for a loyalty card that a department knows', async () => {
      await save([['loyalty', '800400']]);
      expect(await recognition('800 400')).toMatchObject({ status: 'CLAIMED', strength: 'PRESENTED' });
      await save([['loyalty', '800500']], shop.browser);
      expect(await show('800500')).toMatchObject({ code: 'CODE_UNKNOWN' });
    });
  });

  describe('a pass that works no more', () => {
    it('has expired after a minute', async () => {
      const { pass } = await save([]);
      foyer.clock.advance(seconds(59));
      const { pass: other } = await save([]);
      foyer.clock.advance(seconds(1));
      expect(await show(pass.url)).toMatchObject({ code: 'PASS_EXPIRED', expiredAt: foyer.clock.now().toISOString() });
      expect(await show(other.url)).toMatchObject({ __typename: 'CheckedIn' });
    });

    it('opens one visit, whoever comes first', async () => {
      const { pass, configuration } = await save([['loyalty', '800600']]);
      const outcomes = await Promise.all(
        Array.from({ length: 16 }, (_, n) => show(pass.url, n % 2 === 0 ? berlin : hamburg)),
      );
      const opened = outcomes.filter(({ __typename, repeated }) => __typename === 'CheckedIn' && !repeated);
      expect(opened).toHaveLength(1);
      const visits = new Set(outcomes.filter(({ visit }) => visit).map(({ visit }) => visit?.id));
      expect(visits.size).toBe(1);
      expect(outcomes.filter(({ code }) => code === 'PASS_ALREADY_USED')).toHaveLength(8);
      expect((await redemptions(configuration.code)).filter(({ repeated }) => !repeated)).toHaveLength(1);
    });

    it('raises an alarm when two stores see it within ten minutes', async () => {
      const { pass, configuration } = await save([['loyalty', '800700']]);
      await show(pass.url);
      foyer.clock.advance(minutes(9));
      expect(await show(pass.url, hamburg)).toMatchObject({ code: 'PASS_ALREADY_USED' });
      expect(await redemptions(configuration.code)).toEqual([
        { store_id: berlin.id, repeated: false, alarm: false },
        { store_id: hamburg.id, repeated: true, alarm: true },
      ]);
      foyer.clock.advance(minutes(20));
      await show(pass.url, hamburg);
      expect((await redemptions(configuration.code)).at(-1)).toMatchObject({ alarm: false });
    });

    it('is a link that has ended or was revoked', async () => {
      const ended = await save([['loyalty', '800800']]);
      const revoked = await save([['loyalty', '800810']]);
      const said: string[] = [];
      const code = await runCommand(['link', 'revoke', revoked.link], {
        output: { out: (line) => said.push(line), err: (line) => said.push(line) },
        environment: {
          DATABASE_URL: foyer.database.url,
          FOYER_DIR: foyer.config.directory,
          PUBLIC_URL: 'https://foyer.example',
        },
        clock: foyer.clock,
      });
      expect([code, ...said]).toEqual([0, expect.stringMatching(/^Revoked link /)]);
      expect(await show(revoked.link)).toMatchObject({ code: 'CODE_UNKNOWN' });
      foyer.clock.advance(days(180));
      expect(await show(ended.link)).toMatchObject({ code: 'PASS_EXPIRED' });
      foyer.clock.advance(-days(180));
    });

    it('is unknown: made up, damaged, of another house, or no code at all', async () => {
      const { pass, link } = await save([]);
      const codes = [
        `${pass.url.slice(0, -1)}${pass.url.endsWith('0') ? '1' : '0'}`,
        `${link.slice(0, -3)}abc`,
        pass.url.replace('FOYER.EXAMPLE', 'ELSEWHERE.EXAMPLE'),
        'https://example.com/tomato-soup',
        '4006381333931',
        'ʕ•ᴥ•ʔ',
      ];
      for (const code of codes) expect(await show(code)).toMatchObject({ code: 'CODE_UNKNOWN' });
    });
  });

  describe('guessing', () => {
    const made = (n: number): string => `HTTPS://FOYER.EXAMPLE/P/${String(n).padStart(26, '0')}`;

    it('is stopped after ten misses within a minute, and then a good code is refused too', async () => {
      const { pass } = await save([]);
      for (let n = 1; n <= 10; n += 1) expect(await show(made(n))).toMatchObject({ code: 'CODE_UNKNOWN' });
      foyer.clock.advance(seconds(20));
      expect(await show(pass.url)).toEqual({
        ...{ __typename: 'TooManyAttempts', code: 'TOO_MANY_ATTEMPTS', retryAfterSeconds: 40 },
      });
      foyer.clock.advance(seconds(40));
      const later = await save([]);
      expect(await show(later.pass.url)).toMatchObject({ __typename: 'CheckedIn' });
    });

    it('is counted by store and address, so another tablet does not help, and by configuration codes, too', async () => {
      const second = await retailer.tablet(berlin.id);
      for (let n = 1; n <= 5; n += 1) await show(made(n));
      for (let n = 1; n <= 5; n += 1) await show('ZZZZ-ZZZZZ', berlin, second.tablet);
      expect(await show(made(99))).toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
      expect(await show(made(99), hamburg)).toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
    });

    it('goes on counting through hits', async () => {
      for (let n = 1; n <= 9; n += 1) await show(made(n));
      const { pass } = await save([]);
      expect(await show(pass.url)).toMatchObject({ __typename: 'CheckedIn' });
      expect(await show(made(10))).toMatchObject({ code: 'CODE_UNKNOWN' });
      expect(await show(made(11))).toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
    });

    it('gains nothing by trying many at once', async () => {
      const outcomes = await Promise.all(Array.from({ length: 20 }, (_, n) => show(made(n))));
      expect(outcomes.filter(({ code }) => code === 'CODE_UNKNOWN')).toHaveLength(10);
      expect(outcomes.filter(({ code }) => code === 'TOO_MANY_ATTEMPTS')).toHaveLength(10);
    });
  });

  describe('what is stored', () => {
    it('opens nothing: passes are hashed, and links need a key', async () => {
      const { pass, link } = await save([['loyalty', '800900']]);
      const [dump] = await foyer.database.query<{ text: string }>(
        `SELECT string_agg(p::text, ' ') || (SELECT string_agg(i::text, ' ') FROM idempotency_key i) AS text FROM pass p`,
      );
      const code = pass.url.split('/').at(-1) ?? '';
      const hex = (text: string): string => Buffer.from(text).toString('hex');
      for (const secret of [code, hex(code), link.split('/').at(-1) ?? '']) expect(dump?.text).not.toContain(secret);
    });

    it('keeps links working when the keys are rotated', async () => {
      const { link } = await save([['loyalty', '800950']]);
      Keys.rotate(foyer.config.directory);
      const other = await foyer.another();
      const { data } = await foyer.ask<{ page: { configuration: { model: string } } | null }>(
        'query ($link: String!) { page(link: $link) { configuration { model } } }',
        { link },
      );
      expect(data.page?.configuration.model).toBe('estate');
      const response = await fetch(`${other.url ?? ''}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: `{ page(link: "${link}") { configuration { model } } }` }),
      });
      expect(await response.json()).toEqual({ data: { page: { configuration: { model: 'estate' } } } });
    });

    it('is forgotten once nobody can show it any more, but not what opened a visit', async () => {
      const used = await save([]);
      await show(used.pass.url);
      const left = await save([]);
      foyer.clock.advance(days(4));
      await foyer.app.get(TidyPassesJob, { strict: false }).perform();
      const kept = await foyer.database.query<{ kind: string; code: string }>(
        `SELECT p.kind, c.code FROM pass p JOIN configuration c ON c.id = p.configuration_id
       WHERE c.code = ANY($1) ORDER BY p.kind, c.code = $2`,
        [[used.configuration.code, left.configuration.code], left.configuration.code],
      );
      expect(kept.map(({ kind, code }) => [kind, code])).toEqual([
        ['LINK', used.configuration.code],
        ['LINK', left.configuration.code],
        ['PASS', used.configuration.code],
      ]);
      expect(await foyer.database.query('SELECT 1 FROM attempt')).toEqual([]);
    });
  });
});

describe('her own phone', () => {
  let foyer: Foyer;
  let berlin: TestStore;
  let shop: TestSource;

  beforeAll(async () => {
    foyer = await openFoyer();
    const retailer = new Retailer(foyer.database);
    berlin = await retailer.store('berlin');
    shop = await retailer.source('shop', 'web-shop');
  });

  afterAll(async () => foyer?.close());

  const save = `mutation ($input: SaveConfigurationInput!) { saveConfiguration(input: $input) {
  ... on SavedConfiguration { link configuration { code } pass { url } } } }`;
  const page = `query ($link: String!) { page(link: $link) { greeting configuration { code changeSinceLastVisit { totalBefore { amountMinor } } } } }`;
  const renew = `mutation ($link: String!) { renewPass(link: $link) { __typename ... on PassRenewed { pass { url svg expiresAt } } ... on Refusal { code message } } }`;
  const announce = `mutation ($input: AnnounceInput!) { announce(input: $input) { __typename ... on Announced { message expectedWaitMinutes } ... on Refusal { code } } }`;
  const checkIn = `mutation ($input: CheckInInput!) { checkIn(input: $input) { __typename ... on CheckedIn { repeated visit { recognition { status strength } context { configurations { code } } } } } }`;
  const board = `query ($id: ID!) { board(storeId: $id) { present { calledName partySize recognition { status } } } }`;

  let saves = 0;

  async function saved(): Promise<{ link: string; code: string }> {
    saves += 1;
    const input = {
      idempotencyKey: `save-${saves}`,
      sessionId: `session-${saves}`,
      identifiers: [{ kind: 'email', value: `ada-${saves}@example.org` }],
      model: 'estate',
      modelLabel: 'Estate',
      options: [],
      total: { amountMinor: 1, currency: 'EUR' },
    };
    const { data } = await foyer.ask<{ saveConfiguration: { link: string; configuration: { code: string } } }>(
      save,
      { input },
      shop.server,
    );
    return { link: data.saveConfiguration.link, code: data.saveConfiguration.configuration.code };
  }

  /** Each customer at the door has a phone with an address of its own. */
  async function announced(input: object): Promise<unknown> {
    foyer.clock.advance(minutes(2));
    const { data } = await foyer.ask<{ announce: unknown }>(announce, { input: { storeCode: 'berlin', ...input } });
    return data.announce;
  }

  describe('the customer’s own page', () => {
    it('shows the configuration to whoever has the link, in her language, and names nobody', async () => {
      const { link, code } = await saved();
      const { data } = await foyer.ask(page, { link }, undefined, { 'accept-language': 'de-AT' });
      const configuration = { code, changeSinceLastVisit: null };
      expect(data).toEqual({ page: { greeting: 'Ihr Estate steht für Sie bereit.', configuration } });
    });

    it('renews the pass, which opens a visit with what she built', async () => {
      const { link, code } = await saved();
      const { data } = await foyer.ask<{ renewPass: { pass: { url: string; svg: string } } }>(renew, { link });
      expect(data.renewPass.pass.svg).toContain('<svg');
      const input = { storeId: berlin.id, idempotencyKey: 'scan', code: data.renewPass.pass.url };
      const scanned = await foyer.ask(checkIn, { input }, berlin.tablet);
      const visit = {
        recognition: { status: 'CLAIMED', strength: 'PRESENTED' },
        context: { configurations: [{ code }] },
      };
      expect(scanned.data).toEqual({ checkIn: { __typename: 'CheckedIn', repeated: false, visit } });
    });

    it('is nowhere for a link that was made up, and guessing is barred', async () => {
      const { link } = await saved();
      const made = `${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`;
      const { data } = await foyer.ask(page, { link: made });
      expect(data).toEqual({ page: null });
      const answers: unknown[] = [];
      for (let guess = 0; guess < 12; guess += 1) {
        const { data: tried } = await foyer.ask<{ renewPass: { __typename: string } }>(renew, { link: made });
        answers.push(tried.renewPass.__typename);
      }
      expect(answers[0]).toBe('LinkUnknown');
      expect(answers.at(-1)).toBe('TooManyAttempts');
      foyer.clock.advance(minutes(2));
    });
  });

  describe('“I am here”', () => {
    const welcome = {
      __typename: 'Announced',
      message: 'A colleague will come to you within 5 minutes. Please look around until then.',
      expectedWaitMinutes: 5,
    };

    it('puts her on the board under the name she gave', async () => {
      expect(await announced({ idempotencyKey: 'a', calledName: 'Grey coat', partySize: 2 })).toEqual(welcome);
      expect(await announced({ idempotencyKey: 'a', calledName: 'Grey coat', partySize: 2 })).toEqual(welcome);
      const { data } = await foyer.ask<{ board: { present: object[] } }>(board, { id: berlin.id }, berlin.tablet);
      const hers = { calledName: 'Grey coat', partySize: 2, recognition: { status: 'ANONYMOUS' } };
      expect(data.board.present.filter((visit) => 'calledName' in visit && visit.calledName === 'Grey coat')).toEqual([
        hers,
      ]);
    });

    it('answers the same for a number that exists and one that does not, and never confirms anybody', async () => {
      const { link } = await saved();
      const { data } = await foyer.ask<{ renewPass: { pass: { url: string } } }>(renew, { link });
      const known = { idempotencyKey: 'b', calledName: 'Known', code: data.renewPass.pass.url };
      const { data: answer } = await foyer.ask<{ announce: unknown }>(announce, {
        input: { storeCode: 'berlin', ...known },
      });
      expect(answer.announce).toEqual(welcome);
      expect(await announced({ idempotencyKey: 'c', calledName: 'Unknown', code: 'NO-SUCH-NUMBER-1' })).toEqual(
        welcome,
      );
      const { data: shown } = await foyer.ask<{ board: { present: { calledName: string; recognition: object }[] } }>(
        board,
        { id: berlin.id },
        berlin.tablet,
      );
      const byName = new Map(shown.board.present.map((visit) => [visit.calledName, visit.recognition]));
      expect(byName.get('Known')).toEqual({ status: 'CLAIMED' });
      expect(byName.get('Unknown')).toEqual({ status: 'ANONYMOUS' });
    });

    it('is counted the same for both, so that no other page can tell them apart', async () => {
      const { link } = await saved();
      const unknown = `${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`;
      const afterTelling = async (code: string): Promise<unknown[]> => {
        foyer.clock.advance(minutes(2));
        const look = (): Promise<unknown> => foyer.ask(page, { link: unknown });
        for (let time = 0; time < 9; time += 1) await look();
        await foyer.ask(announce, { input: { storeCode: 'berlin', idempotencyKey: `told ${code}`, code } });
        return [await look(), (await foyer.ask(page, { link })).data];
      };
      expect(await afterTelling('NO-SUCH-NUMBER-4')).toEqual(await afterTelling(link));
    });

    it('knows its stores and its keys', async () => {
      expect(await announced({ storeCode: 'atlantis', idempotencyKey: 'd' })).toEqual({
        __typename: 'StoreUnknown',
        code: 'STORE_UNKNOWN',
      });
      expect(await announced({ idempotencyKey: 'a', calledName: 'Somebody else' })).toEqual({
        __typename: 'KeyReusedDifferently',
        code: 'KEY_REUSED_DIFFERENTLY',
      });
    });

    it('is heard only so often from one address, which keeps nobody from the tablets of the store', async () => {
      foyer.clock.advance(minutes(2));
      const kinds: string[] = [];
      for (let time = 0; time < 12; time += 1) {
        const input = { storeCode: 'berlin', idempotencyKey: `often-${time}`, code: 'NO-SUCH-NUMBER-2' };
        const { data } = await foyer.ask<{ announce: { __typename: string } }>(announce, { input });
        kinds.push(data.announce.__typename);
      }
      expect(kinds.filter((kind) => kind === 'Announced')).toHaveLength(10);
      expect(kinds.at(-1)).toBe('TooManyAttempts');
      const input = { storeId: berlin.id, idempotencyKey: 'scanned', code: 'NO-SUCH-NUMBER-3' };
      const { data } = await foyer.ask<{ checkIn: { __typename: string } }>(checkIn, { input }, berlin.tablet);
      expect(data.checkIn.__typename).toBe('CodeUnknown');
    });
  });
});
