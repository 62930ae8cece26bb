import type { Browser, Page } from 'playwright-core';
import { v7 } from 'uuid';
import { boot, type Running } from '../../src/boot.js';
import { readConfig } from '../../src/shared/config.js';
import { eventually, openFoyer, type Foyer } from '../support/foyer.js';
import { Retailer, type TestSource, type TestStore } from '../support/retailer.js';
import { openBrowser, openPage, sizes } from './support/browser.js';
import { inChromium } from './support/chromium.js';
import { buildsAtHome, callOut, namesIn, typeCode } from './support/deeds.js';

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
    shop = await retailer.source('shop', 'web-shop', { origins: [url] });
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await web?.stop();
    await foyer?.close();
  });

  /** The web process, at an address that stays the same over its lives. */
  function start(port: number, environment = foyer.config.environment): Promise<Running> {
    const part = { web: true, worker: false };
    return boot(part, readConfig({}, { ...foyer.config, environment, port, instance: 'web' }), { clock: foyer.clock });
  }

  /** What a tablet asks from now on, until it loads its app anew, is what an app of another version would ask. */
  async function outdate(page: Page): Promise<void> {
    await page.evaluate(`{
      const now = window.fetch;
      window.fetch = (url, how) => {
        const { query, ...body } = JSON.parse(how.body);
        const persistedQuery = { version: 1, sha256Hash: '0'.repeat(64) };
        const older = query ? { query: query + '\\n# of another version' } : { extensions: { persistedQuery } };
        return now(url, { ...how, body: JSON.stringify({ ...body, ...older }) });
      };
    }`);
  }

  async function tabletOf(store: TestStore): Promise<Page> {
    const { page } = await openPage(browser, url, sizes.tablet, { keepsApp: true });
    await page.goto(`${url}/tablet#token=${store.tablet}`);
    await page.getByText('Live', { exact: true }).waitFor();
    return page;
  }

  it('does not say that nobody is here, or that a visit is gone, before it has heard of either', async () => {
    const { page } = await openPage(browser, url, sizes.tablet);
    let asked = 0;
    await page.route('**/graphql', (route) => (asked++ === 0 ? route.continue() : route.abort()));
    await page.goto(`${url}/tablet#token=${north.tablet}`);
    await page.getByText('Offline', { exact: true }).waitFor();
    expect(await page.getByText('Not loaded yet…').count()).toBe(3);
    await page.goto(`${url}/tablet/visit/${v7()}`);
    await page.getByText('There is no connection', { exact: true }).waitFor();
    await page.unroute('**/graphql');
    await page.getByText('This visit is not here any more').waitFor();
    await page.context().close();
  });

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
    expect((await namesIn(url, north)).filter((name) => name === 'Patient Paul')).toHaveLength(1);
    await page.context().close();
  });

  it('goes on by itself when the server was restarted in the middle, and loses nothing', async () => {
    const page = await tabletOf(north);
    await web.stop();
    await page.getByText(/^Offline/).waitFor();
    await callOut(page, 'Stormy Sue');
    await page.getByText('1 entry waits for the connection.').waitFor();
    web = await start(Number(new URL(url).port));
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByText('waits for the connection').waitFor({ state: 'detached' });
    await page.getByText('Stormy Sue').first().waitFor();
    expect((await namesIn(url, north)).filter((name) => name === 'Stormy Sue')).toHaveLength(1);
    await page.context().close();
  });

  it('sends what waits when the server asks to come back, though the board is live again', async () => {
    const page = await tabletOf(north);
    await page.context().setOffline(true);
    await page.getByText(/^Offline/).waitFor();
    await callOut(page, 'Second Sid');
    await page.getByText('1 entry waits for the connection.').waitFor();
    await page.evaluate(`{
      const now = window.fetch;
      window.fetch = (url, how) => {
        if (!String(how?.body).includes('Second Sid')) return now(url, how);
        window.fetch = now;
        window.wasRefused = true;
        return Promise.resolve(new Response('{}', { status: 503 }));
      };
    }`);
    await page.context().setOffline(false);
    await page.getByText('Second Sid').first().waitFor();
    expect(await page.evaluate('window.wasRefused')).toBe(true);
    expect((await namesIn(url, north)).filter((name) => name === 'Second Sid')).toHaveLength(1);
    await page.context().close();
  });

  it('tells first who is not whom we thought, and lets nothing wait behind a check-in that the server would hear later', async () => {
    const { pass } = await buildsAtHome(url, shop, 'Wilma');
    const [page, other] = [await tabletOf(north), await tabletOf(north)];
    await typeCode(page, pass.url);
    await page.getByRole('button', { name: 'Not Wilma' }).waitFor();
    await page.getByRole('link', { name: 'Board' }).click();
    await other.getByText('Wilma').first().waitFor();
    const told: (string | undefined)[] = [];
    let away = true;
    await page.route('**/graphql', (route) => {
      const { visitId, input } = JSON.parse(route.request().postData() ?? '{}').variables;
      away &&= !visitId;
      if (away) return route.abort();
      told.push(visitId ?? input?.code ?? input?.calledName);
      if (told.filter((what) => what === 'SOUP-CAN').length !== 1 || told.at(-1) !== 'SOUP-CAN')
        return route.fallback();
      const message = 'Too many attempts.';
      const checkIn = { __typename: 'TooManyAttempts', code: 'TOO_MANY_ATTEMPTS', message, retryAfterSeconds: 1 };
      return route.fulfill({ json: { data: { checkIn } } });
    });
    await typeCode(page, 'SOUP-CAN');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await callOut(page, 'Patient Pia');
    await page.getByRole('link', { name: /Wilma/ }).click();
    const visitId = new URL(page.url()).pathname.split('/').at(-1);
    await page.getByRole('button', { name: 'Not Wilma' }).click();
    await other.getByText('Not the one we thought').waitFor();
    await page.getByText(/was not accepted: /).waitFor();
    expect(told).toEqual([visitId, 'SOUP-CAN', 'Patient Pia', 'SOUP-CAN']);
    for (const each of [page, other]) await each.context().close();
  });

  it('loads the present app when the server does not know this one any more, and sends what it had kept', async () => {
    const page = await tabletOf(north);
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
    await web.stop();
    await page.getByText(/^Offline/).waitFor();
    await callOut(page, 'Loyal Lou');
    await page.getByText('1 entry waits for the connection.').waitFor();
    await outdate(page);
    await page.evaluate('window.isOldApp = true');
    const reloaded = page.waitForEvent('load');
    web = await start(Number(new URL(url).port), 'production');
    await reloaded;
    expect(await page.evaluate('window.isOldApp')).toBeUndefined();
    await eventually('what it had kept has arrived', async () => {
      const sent = await foyer.database.query(`SELECT FROM visit WHERE called_name = 'Loyal Lou'`);
      return sent.length === 1;
    });
    await page.getByText('Loyal Lou').first().waitFor();
    await page.context().close();
    await web.stop();
    web = await start(Number(new URL(url).port));
  });

  it('sends the same pass of two tablets without a network: one is taken, the other says so and loses nothing', async () => {
    const { pass } = await buildsAtHome(url, shop);
    const tablets = [await tabletOf(north), await tabletOf(south)];
    for (const page of tablets) {
      await page.context().setOffline(true);
      await page.getByText(/^Offline/).waitFor();
      await typeCode(page, pass.url);
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
    expect(await namesIn(url, south)).toEqual([]);
    await eventually('the first visit is there', async () => (await namesIn(url, north)).length > 0);
    for (const page of tablets) await page.context().close();
  });
});
