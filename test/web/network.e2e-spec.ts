import type { Browser, Page } from 'playwright-core';
import { boot, type Running } from '../../src/boot.js';
import { readConfig } from '../../src/shared/config.js';
import { ask, eventually, openFoyer, type Foyer } from '../support/foyer.js';
import { Retailer, type TestSource, type TestStore } from '../support/retailer.js';
import { inChromium, openBrowser, openPage, sizes } from './support/chromium.js';

inChromium('the tablet on a bad network', () => {
  let foyer: Foyer;
  let web: Running;
  let url: string;
  let north: TestStore;
  let south: TestStore;
  let shop: TestSource;
  let browser: Browser;

  beforeAll(async () => {
    foyer = await openFoyer({}, { web: false, worker: true });
    foyer.clock.set(new Date());
    web = await start(0);
    url = web.url ?? '';
    const retailer = new Retailer(foyer.database);
    north = await retailer.store('north');
    south = await retailer.store('south');
    shop = await retailer.source('shop', 'web-shop');
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await web?.stop();
    await foyer?.close();
  });

  /** The web process, at an address that stays the same over its lives. */
  function start(port: number): Promise<Running> {
    const part = { web: true, worker: false };
    return boot(part, readConfig({}, { ...foyer.config, port, instance: 'web' }), foyer.clock);
  }

  async function tabletOf(store: TestStore): Promise<Page> {
    const { page } = await openPage(browser, url, sizes.tablet);
    await page.goto(`${url}/tablet#token=${store.tablet}`);
    await page.getByText('Live', { exact: true }).waitFor();
    return page;
  }

  async function checkInWithoutCode(page: Page, calledName: string): Promise<void> {
    await page.getByRole('button', { name: 'Check in' }).click();
    await page.getByRole('tab', { name: 'No code' }).click();
    await page.getByLabel(/What shall we call out/).fill(calledName);
    await page.getByRole('tabpanel').getByRole('button', { name: 'Check in' }).click();
  }

  async function checkInByCode(page: Page, code: string): Promise<void> {
    await page.getByRole('button', { name: 'Check in' }).click();
    await page.getByRole('tab', { name: 'Type a code' }).click();
    await page.getByLabel('Code, card or loyalty number').fill(code);
    await page.getByRole('tabpanel').getByRole('button', { name: 'Check in' }).click();
  }

  async function namesIn(store: TestStore): Promise<(string | null)[]> {
    const query = 'query ($id: ID!) { board(storeId: $id) { present { calledName } } }';
    const { data } = await ask<{ board: { present: { calledName: string | null }[] } }>(
      url,
      query,
      { id: store.id },
      store.tablet,
    );
    return data.board.present.map((visit) => visit.calledName);
  }

  async function pass(): Promise<string> {
    const input = {
      idempotencyKey: 'one',
      sessionId: 'one',
      identifiers: [],
      model: 'fjord',
      modelLabel: 'Halden Fjord',
      options: [],
      total: { amountMinor: 3_729_000, currency: 'EUR' },
    };
    const { data } = await ask<{ saveConfiguration: { pass: { url: string } } }>(
      url,
      'mutation ($input: SaveConfigurationInput!) { saveConfiguration(input: $input) { ... on SavedConfiguration { pass { url } } } }',
      { input },
      shop.server,
    );
    return data.saveConfiguration.pass.url;
  }

  it('checks in once over a slow line, however often the button is tapped', async () => {
    const page = await tabletOf(north);
    const line = await page.context().newCDPSession(page);
    const slow = { offline: false, latency: 800, downloadThroughput: 20_000, uploadThroughput: 8_000 };
    await line.send('Network.emulateNetworkConditions', slow);
    await page.getByRole('button', { name: 'Check in' }).click();
    await page.getByRole('tab', { name: 'No code' }).click();
    await page.getByLabel(/What shall we call out/).fill('Patient Paul');
    await page.getByRole('tabpanel').getByRole('button', { name: 'Check in' }).dblclick();
    await page.getByRole('heading', { name: 'Patient Paul' }).waitFor();
    expect((await namesIn(north)).filter((name) => name === 'Patient Paul')).toHaveLength(1);
    await page.context().close();
  });

  it('goes on by itself when the server was restarted in the middle, and loses nothing', async () => {
    const page = await tabletOf(north);
    await web.stop();
    await page.getByText(/^Offline/).waitFor();
    await checkInWithoutCode(page, 'Stormy Sue');
    await page.getByText('1 entry waits for the connection.').waitFor();
    web = await start(Number(new URL(url).port));
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByText('waits for the connection').waitFor({ state: 'detached' });
    await page.getByText('Stormy Sue').first().waitFor();
    expect((await namesIn(north)).filter((name) => name === 'Stormy Sue')).toHaveLength(1);
    await page.context().close();
  });

  it('sends the same pass of two tablets without a network: one is taken, the other says so and loses nothing', async () => {
    const code = await pass();
    const tablets = [await tabletOf(north), await tabletOf(south)];
    for (const page of tablets) {
      await page.context().setOffline(true);
      await page.getByText(/^Offline/).waitFor();
      await checkInByCode(page, code);
      await page.getByText('1 entry waits for the connection.').waitFor();
    }
    const [first, second] = tablets as [Page, Page];
    await first.context().setOffline(false);
    await first.getByText('Halden Fjord').first().waitFor();
    await second.context().setOffline(false);
    const conflict = second.getByText(/was not accepted: This pass has been used already/);
    await conflict.waitFor();
    await second.reload();
    await conflict.waitFor();
    await second.getByRole('button', { name: 'Understood' }).click();
    await conflict.waitFor({ state: 'detached' });
    expect(await namesIn(south)).toEqual([]);
    await eventually('the first visit is there', async () => (await namesIn(north)).length > 0);
    for (const page of tablets) await page.context().close();
  });
});
