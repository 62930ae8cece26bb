import { minutes } from '../src/shared/clock.js';
import { openFoyer, type Foyer } from './support/foyer.js';
import { Retailer, type TestSource, type TestStore } from './support/retailer.js';

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
    expect(await announced({ idempotencyKey: 'c', calledName: 'Unknown', code: 'NO-SUCH-NUMBER-1' })).toEqual(welcome);
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
