import type { Browser, Page } from 'playwright-core';
import { after, days, minutes } from '../../src/shared/clock.js';
import { openFoyer, type Foyer } from '../support/foyer.js';
import { Retailer, type TestSource, type TestStore } from '../support/retailer.js';
import { inChromium, openBrowser, openPage, sizes } from './support/chromium.js';
import { filmOf } from './support/film.js';

inChromium('what goes wrong at the door gets a sentence that helps', () => {
  let foyer: Foyer;
  let north: TestStore;
  let shop: TestSource;
  const browsers: Browser[] = [];

  beforeAll(async () => {
    foyer = await openFoyer();
    foyer.clock.set(new Date());
    const retailer = new Retailer(foyer.database);
    north = await retailer.store('north');
    shop = await retailer.source('shop', 'web-shop', { origins: [foyer.url] });
  });

  afterEach(async () => {
    for (const browser of browsers.splice(0)) await browser.close();
  });

  afterAll(async () => foyer?.close());

  async function tablet(how: Parameters<typeof openBrowser>[0] = {}): Promise<Page> {
    const browser = await openBrowser(how);
    browsers.push(browser);
    const { page } = await openPage(browser, foyer.url, sizes.tablet, {
      permissions: how.without === 'permission' ? [] : ['camera'],
    });
    await page.goto(`${foyer.url}/tablet#token=${north.tablet}`);
    return page;
  }

  async function scanning(how: Parameters<typeof openBrowser>[0]): Promise<Page> {
    const page = await tablet(how);
    await page.getByRole('button', { name: 'Check in' }).click();
    return page;
  }

  it.each([
    ['refused', 'permission', 'The camera is not allowed here. Allow it in the browser'],
    ['missing', 'camera', 'This device has no camera. Type the code instead.'],
  ] as const)('the camera is %s', async (_what, without, sentence) => {
    const page = await scanning({ without });
    await page.getByText(sentence).waitFor();
    await page.getByRole('tab', { name: 'Type a code' }).click();
    await page.getByLabel('Code, card or loyalty number').waitFor();
  });

  it.each([
    ['of a can of soup', 'https://soup.example/tomato?lot=4711'],
    ['of somebody else’s system', 'HTTPS://TICKETS.EXAMPLE/P/0123456789ABCDEFGHJKMNPQRS'],
    ['with a wrong letter in it', 'HTTPS://FOYER.EXAMPLE/P/0123456789ABCDEFGHJKMNPQRS'],
  ])('a QR code %s', async (_what, text) => {
    const page = await scanning({ camera: filmOf(text) });
    await page.getByText('We do not know this code. Please check it, or try the name or the loyalty number.').waitFor();
  });

  it('a QR code that is damaged', async () => {
    const page = await scanning({ camera: filmOf('HTTPS://FOYER.EXAMPLE/P/0123456789', { torn: true }) });
    await page.getByText('Hold the code into the frame').waitFor();
    await page.getByText('Nothing read yet. Hold it still').waitFor();
  });

  it('a pass that has expired', async () => {
    const input = {
      idempotencyKey: 'late',
      sessionId: 'late',
      identifiers: [],
      model: 'fjord',
      options: [],
      total: { amountMinor: 3_729_000, currency: 'EUR' },
    };
    const { data } = await foyer.ask<{ saveConfiguration: { pass: { url: string } } }>(
      'mutation ($input: SaveConfigurationInput!) { saveConfiguration(input: $input) { ... on SavedConfiguration { pass { url } } } }',
      { input },
      shop.server,
    );
    const film = filmOf(data.saveConfiguration.pass.url);
    foyer.clock.set(after(foyer.clock.now(), minutes(2)));
    const page = await scanning({ camera: film });
    await page.getByText('This pass is no longer valid. Please show a fresh one.').waitFor();
  });

  it('the tablet’s clock, which is wrong by a day', async () => {
    const page = await tablet();
    await page.clock.setFixedTime(after(new Date(), days(1)));
    await page.reload();
    await page.getByText("This tablet's clock is wrong. Foyer goes by the store's time").waitFor();
    await page.getByRole('button', { name: 'Check in' }).click();
    await page.getByRole('tab', { name: 'No code' }).click();
    await page.getByLabel(/What shall we call out/).fill('Green hat');
    await page.getByRole('tabpanel').getByRole('button', { name: 'Check in' }).click();
    await page.getByRole('heading', { name: 'Green hat' }).waitFor();
    expect(await page.getByText('waiting 0 minutes, within the promise').count()).toBe(1);
  });
});
