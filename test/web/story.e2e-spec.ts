import { Client } from 'pg';
import type { Browser, Page, Response, Route } from 'playwright-core';
import { v7 } from 'uuid';
import { issueToken } from '../../src/access/enrolment/access-tokens.js';
import { idOfWalletPass } from '../../src/pass/wallet-code.rules.js';
import { revokeWallet } from '../../src/pass/wallet.query.js';
import { Database } from '../../src/platform/database/database.js';
import { after, days, hours, seconds } from '../../src/shared/clock.js';
import { textOf } from '../support/committed.js';
import { ask, eventually } from '../support/foyer.js';
import type { TestStaff, TestStore } from '../support/retailer.js';
import { ShopFloor } from '../support/shop-floor.js';
import { openBrowser, openPage, sizes, type Size, type Watched } from './support/browser.js';
import { inChromium } from './support/chromium.js';
import { arrives, buildsAtHome, hasCard, typeCode, type Saved } from './support/deeds.js';
import { filmOf } from './support/film.js';
import { setStage, type Stage } from './support/stage.js';

inChromium('the whole story in a browser', () => {
  let stage: Stage;
  let south: TestStore;
  let jonas: TestStaff;
  let camera: Browser | undefined;
  const watched: Watched[] = [];

  beforeAll(async () => {
    stage = await setStage();
    const { retailer, north } = stage;
    south = await retailer.store('south');
    jonas = await retailer.staff('Jonas', 'ASSOCIATE', [north, south]);
    await retailer.staff('Noor', 'ASSOCIATE', [north, south]);
  });

  afterAll(async () => {
    await camera?.close();
    await stage?.close();
  });

  afterEach(async () => {
    for (const { context } of watched) await context.close();
  });

  async function blank(size: Size = 'tablet', on = stage.browser, keepsApp = false): Promise<Page> {
    const seen = await openPage(on, stage.foyer.url, sizes[size], { keepsApp });
    watched.push(seen);
    return seen.page;
  }

  async function open(path: string, size: Size = 'tablet', on = stage.browser, keepsApp = false): Promise<Page> {
    const page = await blank(size, on, keepsApp);
    await page.goto(`${stage.foyer.url}${path}`);
    return page;
  }

  /** Answers of the server to one of a page's questions. */
  const isOf =
    (field: string) =>
    async (response: Response): Promise<boolean> =>
      response.url().endsWith('/graphql') && (await response.text()).includes(field);

  const home = (firstName: string): Promise<Saved> => buildsAtHome(stage.foyer.url, stage.shop, firstName);

  /** A tablet of a store on which somebody has a shift open. */
  async function tabletOf(
    store: TestStore,
    options: { on?: Browser; who?: string; keepsApp?: boolean } = {},
  ): Promise<Page> {
    const { on = stage.browser, who = 'jonas', keepsApp = false } = options;
    const now = stage.foyer.clock.now();
    const bearer = { staff: who, tablet: store.tabletId };
    const { token } = await issueToken(stage.foyer.database, bearer, after(now, hours(8)), now);
    return open(`/tablet#token=${token}`, 'tablet', on, keepsApp);
  }

  async function builtInTheShop(firstName: string): Promise<Saved> {
    const page = await open(`/shop#key=${stage.shop.browser}`);
    await page.getByText('Halden Fjord').click();
    await page.getByText('Pine green').click();
    await page.getByText('Folding tow bar').click();
    await page.getByRole('button', { name: 'See it in the store' }).click();
    await page.getByLabel('First name').fill(firstName);
    await page.getByLabel('E-mail').fill(`${firstName.toLowerCase()}@shop.example`);
    const answered = page.waitForResponse((response) => response.url().endsWith('/graphql'));
    await page.getByRole('button', { name: 'Show me the code' }).click();
    const { data } = (await (await answered).json()) as { data: { saveConfiguration: Saved } };
    await page.getByAltText('QR code to show at the door').waitFor();
    return data.saveConfiguration;
  }

  it('goes from her kitchen table over the door to the salesperson’s tablet', async () => {
    const { link } = await builtInTheShop('Ada');
    const phone = await blank('phone');
    stage.foyer.clock.set(new Date());
    const renewed = phone.waitForResponse(isOf('PassRenewed'));
    await phone.goto(stage.foyer.url + new URL(link).pathname);
    const { data } = (await (await renewed).json()) as { data: { renewPass: { pass: { url: string } } } };
    await phone.getByText('Your Halden Fjord is ready to be seen.').waitFor();

    camera = await openBrowser({ camera: filmOf(data.renewPass.pass.url) });
    const colleague = await tabletOf(stage.north);
    await colleague.getByText('Nobody is waiting').waitFor();
    const tablet = await tabletOf(stage.north, { on: camera, keepsApp: true });
    await tablet.getByRole('button', { name: 'Check in' }).click();

    await tablet.getByRole('heading', { name: 'Ada' }).waitFor();
    await tablet.getByText('Ask for the name.').waitFor();
    await tablet.getByText('€38,270').waitFor();
    await colleague.getByText('Halden Fjord').waitFor();
    const marks = await tablet.evaluate(() => performance.getEntriesByType('mark').map(({ name }) => name));
    expect([marks[0], marks.at(-1)]).toEqual(['foyer:decoded', 'foyer:painted']);

    await tablet.getByRole('button', { name: 'I take it' }).click();
    await tablet.getByText('with Jonas').waitFor();
    await tablet.getByRole('button', { name: 'Yes, Ada' }).click();
    await tablet.getByText('Confirmed', { exact: true }).waitFor();
    await tablet.getByRole('button', { name: 'End visit' }).click();
    await tablet.getByRole('button', { name: 'Quoted' }).click();
    const amount = tablet.getByLabel(/Amount/);
    await amount.fill('abc');
    await tablet.getByRole('dialog').getByRole('button', { name: 'End visit' }).click();
    await tablet.getByRole('alert').getByText('That is not an amount.').waitFor();
    expect(await amount.and(tablet.locator(':focus')).count()).toBe(1);
    await amount.fill('38270');
    await tablet.getByLabel('Note for the next colleague').fill('Will come back on Saturday.');
    await tablet.getByRole('dialog').getByRole('button', { name: 'End visit' }).click();
    await tablet.getByText('Nobody is waiting').waitFor();
    await colleague.getByText('Nobody is waiting').waitFor();
  });

  it('shows a visitor to both tablets of her store, to none of another, and makes the wrong person vanish at once', async () => {
    const { pass } = await home('Berta');
    const [one, other, elsewhere] = [await tabletOf(stage.north), await tabletOf(stage.north), await tabletOf(south)];
    await elsewhere.getByText('Nobody is waiting').waitFor();
    await typeCode(one, pass.url);
    await other.getByRole('link', { name: /Berta/ }).click();
    await other.getByRole('heading', { name: 'Berta' }).waitFor();
    await one.getByRole('button', { name: 'Not Berta' }).click();
    await other.getByText('Everything that was shown has been removed').waitFor();
    expect(await other.getByText('Berta').count()).toBe(0);
    expect(await other.getByText('Halden Fjord').count()).toBe(0);
    await elsewhere.getByText('Nobody is waiting').waitFor();
    expect(await elsewhere.getByText('Berta').count()).toBe(0);
  });

  it('lets one associate take a visit, and tells the other who was first', async () => {
    const phone = await open('/s/south', 'phone');
    const [one, other] = [await tabletOf(south), await tabletOf(south, { who: 'noor' })];
    await phone.getByLabel('What may we call you?').fill('Blue bag');
    await phone.getByRole('button', { name: 'I am here' }).click();
    for (const tablet of [one, other]) await tablet.getByRole('link', { name: /Blue bag/ }).click();
    await other.getByRole('button', { name: 'I take it' }).waitFor();
    let letThrough = (): void => undefined;
    const taken = new Promise<void>((resolve) => (letThrough = resolve));
    await other.route('**/graphql', (route) => taken.then(() => route.continue()));
    await other.getByRole('button', { name: 'I take it' }).click();
    await one.getByRole('button', { name: 'I take it' }).click();
    await one.getByText('with Jonas').waitFor();
    letThrough();
    await other.getByText('Jonas was first and is with this visitor already.').waitFor();
    await other.getByRole('button', { name: 'End visit' }).click();
    const note = other.getByRole('dialog').getByLabel('Note for the next colleague');
    await note.fill('Asked for the tow bar.');
    await one.getByRole('button', { name: 'End visit' }).click();
    await one.getByRole('button', { name: 'Informed' }).click();
    await one.getByRole('dialog').getByRole('button', { name: 'End visit' }).click();
    await other.getByRole('dialog').getByText('A colleague has ended this visit meanwhile.').waitFor();
    expect(await note.inputValue()).toBe('Asked for the tow bar.');
    await other.keyboard.press('Escape');
    await other.getByText('This visit is over.').waitFor();
  });

  it('takes her off the visit of somebody who is only with her', async () => {
    const { pass } = await home('Frida');
    const tablet = await tabletOf(stage.north);
    await typeCode(tablet, pass.url);
    await tablet.getByRole('button', { name: 'Is with Frida' }).click();
    await tablet.getByText('The card or code was a companion’s').waitFor();
    expect(await tablet.getByText('Frida').count()).toBe(0);
    await tablet.getByLabel('First name').fill('Gustav');
    await tablet.getByRole('button', { name: 'That is who it is' }).click();
    await tablet.getByRole('heading', { name: 'Gustav' }).waitFor();
  });

  /** A member whom the shop's server has signed in builds a car, or goes on with it. */
  async function memberBuilds(session: string, loyaltyId: string, amountMinor: number): Promise<string> {
    const input = {
      ...{ idempotencyKey: v7(), sessionId: session, model: 'sund', modelLabel: 'Halden Sund', options: [] },
      identifiers: [{ kind: 'loyalty', value: loyaltyId }],
      total: { amountMinor, currency: 'EUR' },
    };
    const save = `mutation ($input: SaveConfigurationInput!) { saveConfiguration(input: $input) {
      ... on SavedConfiguration { pass { url } } } }`;
    const { data } = await ask<{ saveConfiguration: Saved }>(stage.foyer.url, save, { input }, stage.shop.server);
    return data.saveConfiguration.pass.url;
  }

  /** Both departments that keep their content have something open with her. */
  async function mattersAreOpen(loyaltyId: string): Promise<void> {
    for (const [kind, event] of [
      ['service', 'Service Case Opened'],
      ['finance', 'Invoice Overdue'],
    ] as const) {
      const { server } = await stage.retailer.source(`${kind}-desk`, kind, { trusted: true });
      const about = { userId: loyaltyId, properties: { case_id: 'S-1', invoice_id: 'F-1', summary: 'Secret rattle' } };
      const batch = [
        { type: 'identify', messageId: v7(), userId: loyaltyId, traits: { loyaltyId, firstName: 'Marta' } },
        { type: 'track', messageId: v7(), event, ...about },
      ];
      const headers = { authorization: `Basic ${btoa(`${server}:`)}` };
      const told = await fetch(`${stage.foyer.url}/v1/batch`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ batch }),
      });
      expect(told.status).toBe(200);
    }
    await eventually('both matters are known', async () => {
      const known = `SELECT FROM fact WHERE step = 'open-matters' AND jsonb_array_length(payload->'matters') = 2`;
      return (await stage.foyer.database.query(known)).length > 0;
    });
  }

  it('shows whom to ask, what is kept back, the price then and now, and turns from pending to ready before her eyes', async () => {
    const { foyer } = stage;
    const [session, loyaltyId] = [v7(), '8002001'];
    foyer.clock.set(after(new Date(), -days(1)));
    const first = await memberBuilds(session, loyaltyId, 3_200_000);
    const visitId = await arrives(foyer.url, south, { code: first });
    const end = 'mutation ($input: EndVisitInput!) { endVisit(input: $input) { __typename } }';
    const farewell = { visitId, idempotencyKey: v7(), outcome: 'INFORMED' };
    const { data } = await ask<{ endVisit: object }>(foyer.url, end, { input: farewell }, jonas.token);
    expect(data.endVisit).toEqual({ __typename: 'VisitChanged' });
    foyer.clock.set(new Date());
    await mattersAreOpen(loyaltyId);
    // Jobs that wait for the lock below hold connections that a check-in needs.
    await new ShopFloor(foyer).settled();

    const holder = new Client(foyer.database.url);
    await holder.connect();
    const tablet = await tabletOf(south);
    const marks = tablet.getByRole('list', { name: 'How fresh' });
    try {
      await holder.query('BEGIN');
      await holder.query('LOCK TABLE fact IN SHARE ROW EXCLUSIVE MODE');
      await typeCode(tablet, await memberBuilds(session, loyaltyId, 3_150_000));
      await tablet.getByRole('heading', { name: 'Marta' }).waitFor();
      await marks.getByText('on its way').first().waitFor();
      expect(await tablet.locator('.price').innerText()).toMatch(/€31,500[\s\S]*€32,000[\s\S]*-€500/);
    } finally {
      await holder.end();
    }
    const marked = (state: string): Promise<number> => marks.locator(`[data-state=${state}]`).count();
    await eventually('every mark is ready', async () => (await marked('PENDING')) === 0 && (await marked('READY')) > 5);

    const open = tablet.getByRole('region', { name: 'Open matters' });
    await open.getByText('please ask our finance department').waitFor();
    await open.getByText('please ask our service department').waitFor();
    const keptBack = tablet.getByRole('region', { name: 'Not shown' });
    await keptBack.getByText('what happened').first().waitFor();
    expect(await tablet.locator('body').innerText()).not.toContain('Secret rattle');
  });

  it('takes every sales sentence off the screen once she is here to complain', async () => {
    const { pass } = await home('Dora');
    const tablet = await tabletOf(stage.north);
    await typeCode(tablet, pass.url);
    await tablet.getByRole('button', { name: 'Yes, Dora' }).click();
    await tablet.getByRole('heading', { name: 'Worth saying' }).waitFor();
    await tablet.getByRole('button', { name: 'Here to…' }).click();
    await tablet.getByRole('button', { name: 'Complain' }).click();
    await tablet.getByRole('heading', { name: 'Worth saying' }).waitFor({ state: 'detached' });
    await tablet.getByRole('button', { name: 'Complain Change' }).waitFor();
  });

  it('says what to do with a used pass and a can of soup', async () => {
    const { pass } = await home('Clara');
    const [one, other] = [await tabletOf(stage.north), await tabletOf(south)];
    await typeCode(one, pass.url);
    await one.getByRole('heading', { name: 'Clara' }).waitFor();
    await typeCode(other, pass.url);
    await other.getByText('This pass has been used already. Please show a fresh one.').waitFor();
    await other.getByLabel('Code, card or loyalty number').fill('4006381333931');
    await other.getByRole('tabpanel').getByRole('button', { name: 'Check in' }).click();
    await other.getByText('We do not know this code.').waitFor();
  });

  it('lets somebody say at the door, on her own phone, that she is here', async () => {
    const tablet = await tabletOf(south);
    const phone = await open('/s/south', 'phone');
    await phone.getByRole('button', { name: 'I am here' }).click();
    await phone.getByText('Please give a code or a name.').waitFor();
    await phone.getByLabel('What may we call you?').fill('Grey coat '.repeat(12));
    await phone.getByRole('button', { name: 'I am here' }).click();
    await phone.getByText('You are announced').waitFor();
    await tablet.getByText('Grey coat').first().waitFor();
  });

  it('lets her go on with her car from her own page, on a device whose clock is ahead, as one configuration', async () => {
    const { foyer, shop } = stage;
    const page = await blank('phone');
    const price = page.locator('.price-bar output');
    const fresh = page.locator('.qr[data-stale=false]');
    const pick = async (...options: string[]): Promise<void> => {
      for (const option of options) await page.getByText(option, { exact: true }).click();
    };
    const save = async (button: string): Promise<{ abandoned: { code: string }[]; url: string }> => {
      foyer.clock.set(new Date());
      const asked = page.waitForRequest((request) => request.url().endsWith('/graphql'));
      await page.getByRole('button', { name: button }).click();
      await fresh.waitFor();
      const { variables } = (await asked).postDataJSON() as { variables: { input: { abandoned: []; url: string } } };
      return variables.input;
    };
    await page.clock.install({ time: after(new Date(), days(1)) });
    await page.goto(`${foyer.url}/shop#key=${shop.browser}`);
    await pick('Halden Fjell', 'Rowan red', 'Bark leather', 'Oat wool', 'Concert audio');
    await pick('Folding tow bar', 'Folding tow bar', 'See it in the store');
    const { abandoned, url } = await save('Show me the code');
    expect(abandoned.map(({ code }) => code)).toEqual(['bark', 'towbar']);
    await page.clock.fastForward(seconds(61));
    await save('Show a fresh code');

    await page.keyboard.press('Escape');
    await page.getByText('All models').click();
    await page.getByRole('heading', { name: 'Six cars' }).waitFor();
    await page.goBack();
    expect(await price.innerText()).toBe('€42,850');
    await page.reload();
    expect(await price.innerText()).toBe('€42,850');

    await pick('See it in the store');
    await save('Show me the code');
    const own = new URL((await page.getByRole('link', { name: 'Keep it on your phone' }).getAttribute('href')) ?? '');
    await page.goto(foyer.url + own.pathname);
    await page.getByRole('link', { name: 'Keep building' }).click();
    await page
      .getByAltText('Halden Fjell: Rowan red, 17-inch Stone, In body colour, Oat wool, Concert audio')
      .waitFor();
    expect(await price.innerText()).toBe('€42,850');
    await pick('Winter pack', 'See it in the store');
    await save('Show me the code');
    const saved = await foyer.database.query(
      `SELECT total_minor::int AS total FROM configuration WHERE model = 'fjell'`,
    );
    expect(saved).toEqual([{ total: 4_344_000 }]);

    await page.goto('about:blank');
    await page.goto(url.replace('rowan', 'rowan,gold,__proto__').replace(/s=\w+/, 's=4711'));
    await page.locator('.option').first().waitFor();
    expect(await price.innerText()).toBe('€42,850');
    expect(page.url()).toMatch(/s=[0-9a-f]{32}&o=rowan,stone,steel,oat,audio$/);
  });

  it('speaks German to whoever reads German, from the shop’s options to her own page', async () => {
    const seen = await openPage(stage.browser, stage.foyer.url, sizes.tablet, { locale: 'de-DE' });
    watched.push(seen);
    const { page } = seen;
    await page.goto(`${stage.foyer.url}/shop#key=${stage.shop.browser}`);
    await page.getByText('Halden Fjord').click();
    for (const option of ['Kieferngrün', 'Panoramaglas', 'Klappbare Anhängerkupplung'])
      await page.getByText(option).click();
    const shown = await page.locator('.option-label').allTextContents();
    const { shop } = JSON.parse(textOf('web/words/en.json')) as { shop: { options: Record<string, object> } };
    const english = Object.values(shop.options).flatMap((group) => Object.values(group) as string[]);
    expect(shown).toHaveLength(english.length);
    expect(shown.filter((label) => english.includes(label))).toEqual([]);
    await page.getByRole('button', { name: 'In der Filiale ansehen' }).click();
    await page.getByRole('button', { name: 'Code zeigen' }).click();
    const path = new URL(
      (await page.getByRole('link', { name: 'Auf dem Telefon behalten' }).getAttribute('href')) ?? '',
    );
    stage.foyer.clock.set(new Date());
    await page.goto(stage.foyer.url + path.pathname);
    await page.getByText('Kieferngrün').waitFor();
    await page.getByText('Klappbare Anhängerkupplung').waitFor();
  });

  it('keeps the card of a member on her phone, shows its code beside what she built, and forgets it once it is revoked', async () => {
    const { foyer, north, shop } = stage;
    const { link } = await home('Hilda');
    const card = await hasCard(foyer.url, shop, '8001009');
    const page = new URL(link).pathname;
    foyer.clock.set(new Date());
    const stranger = await open(page, 'phone');
    await stranger.getByText('Are you a member?').waitFor();
    await stranger.getByAltText('QR code to show at the door').waitFor();
    const phone = await open(card.path, 'phone');
    await phone.getByRole('button', { name: 'Keep on this phone' }).click();
    await phone.getByText('This phone keeps your card').waitFor();
    foyer.clock.set(new Date());
    const told = phone.waitForResponse(isOf('walletPage'));
    await phone.goto(foyer.url + page);
    const { data } = (await (await told).json()) as { data: { walletPage: { codes: { text: string }[] } } };
    await phone.getByText('Changes every 30 seconds').waitFor();
    await phone.getByRole('heading', { name: 'Halden Fjord', exact: true }).waitFor();
    expect(await phone.getByAltText('QR code to show at the door').filter({ visible: true }).count()).toBe(1);
    expect(await phone.evaluate('Object.keys(localStorage)')).toEqual(['foyer.card']);
    const tablet = await tabletOf(north);
    await typeCode(tablet, data.walletPage.codes[0]?.text ?? '');
    await tablet.getByText('Confirmed', { exact: true }).waitFor();
    expect(await stranger.evaluate('localStorage.length')).toBe(0);

    await revokeWallet(foyer.app.get(Database), idOfWalletPass(card.id) ?? '', foyer.clock.now());
    await phone.reload();
    await phone.getByText('Your card is not valid any more, and this phone has forgotten it.').waitFor();
    await phone.getByText('Renews itself while this page is open').waitFor();
    expect(await phone.evaluate('localStorage.length')).toBe(0);
  });

  it('leads into Google Wallet where the server says how, and forgets the card when told to', async () => {
    const { foyer, shop } = stage;
    const [{ link }, { path }] = [await home('Ida'), await hasCard(foyer.url, shop, '8001010')];
    const phone = await blank('phone');
    const saveUrl = 'https://pay.google.com/gp/v/save/signed';
    const withLink = async (route: Route): Promise<void> => {
      const answer = await route.fetch();
      const body = (await answer.text()).replace('"saveUrl":null', `"saveUrl":"${saveUrl}"`);
      await route.fulfill({ response: answer, body });
    };
    // A page that is being left takes no answer any more.
    await phone.route('**/graphql', (route) => withLink(route).catch(() => undefined));
    await phone.goto(foyer.url + path);
    await phone.getByRole('button', { name: 'Keep on this phone' }).click();
    await phone.goto(foyer.url + new URL(link).pathname);
    expect(await phone.getByRole('link', { name: 'Add to Google Wallet' }).getAttribute('href')).toBe(saveUrl);
    await phone.getByRole('button', { name: 'Forget on this phone' }).click();
    await phone.getByText('Are you a member?').waitFor();
    expect(await phone.evaluate('localStorage.length')).toBe(0);
  });

  it.each([
    [
      'the code of what she built',
      async () => new URL((await home('Jana')).link).pathname,
      'Renews itself',
      'The code below works all the same',
    ],
    [
      'her card',
      async () => (await hasCard(stage.foyer.url, stage.shop, '8001011')).path,
      'Changes every',
      'A new code comes as soon as it is back',
    ],
  ])(
    'shows no code that has ended, asks with patience, and goes on with the network: %s',
    async (_what, path, renews, sentence) => {
      const { foyer } = stage;
      const phone = await blank('phone');
      const qr = phone.getByAltText('QR code to show at the door');
      let asked = 0;
      phone.context().on('request', (request) => (asked += request.url().endsWith('/graphql') ? 1 : 0));
      await phone.clock.install({ time: after(new Date(), days(1)) });
      foyer.clock.set(new Date());
      await phone.goto(foyer.url + (await path()));
      await phone.getByText(renews).waitFor();
      await qr.waitFor();
      const atFirst = asked;
      await phone.clock.runFor(seconds(20));
      expect(asked).toBe(atFirst);

      await phone.context().setOffline(true);
      await phone.clock.setSystemTime(after(new Date(), -days(1)));
      for (let second = 0; second < 600; second += 10) await phone.clock.runFor(seconds(10));
      await phone.getByText(sentence).waitFor();
      expect(await qr.count()).toBe(0);
      expect(asked - atFirst).toBeLessThan(20);

      foyer.clock.set(new Date());
      await phone.context().setOffline(false);
      await phone.getByText(renews).waitFor();
      await qr.waitFor();
    },
  );

  it('asked nobody else, and broke no rule of its own policy', () => {
    expect(watched.flatMap(({ foreign }) => foreign)).toEqual([]);
    expect(watched.flatMap(({ faults }) => faults)).toEqual([]);
  });
});
