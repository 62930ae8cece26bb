import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { textOf } from '../support/committed.js';
import { eventually, openFoyer, type Foyer } from '../support/foyer.js';
import { Retailer, type TestSource } from '../support/retailer.js';
import { openBrowser } from './support/browser.js';
import { inChromium } from './support/chromium.js';

/** The SDKs as their makers ship them, served by a shop of another origin. */
const scripts: Readonly<Record<string, string>> = {
  '/segment.js': '@segment/analytics-next/dist/umd/index.js',
  '/rudder.js': '@rudderstack/analytics-js/dist/npm/modern/bundled/umd/index.js',
};

inChromium('the browser SDKs that shops already use', () => {
  let foyer: Foyer;
  let site: Server;
  let shop: TestSource;
  let browser: Browser;
  let home: string;

  beforeAll(async () => {
    foyer = await openFoyer({ publicUrl: undefined });
    site = createServer(({ url = '/' }, response) => {
      const script = scripts[url];
      const html = url === '/plain' ? plainPage() : '<!doctype html><title>Shop</title>';
      response.setHeader('content-type', script ? 'text/javascript' : 'text/html; charset=utf-8');
      response.end(script ? readFileSync(join('node_modules', script)) : html);
    }).listen(0, '127.0.0.1');
    await once(site, 'listening');
    home = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
    shop = await new Retailer(foyer.database).source('web', 'web-shop', { origins: [home] });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    site.close();
    await foyer.close();
  });

  /** The page of docs/integrate.md as it stands there, but for the address and the key. */
  function plainPage(): string {
    const [, html = ''] = /```html\n([\s\S]*?)```/.exec(textOf('docs/integrate.md')) ?? [];
    const own = html.replace('https://foyer.example', foyer.url).replace('foyer_browser_…', shop.browser);
    expect(own).not.toMatch(/foyer\.example|…/);
    return own;
  }

  it('are not needed: the plain page of docs/integrate.md saves a car and shows its code', async () => {
    const page = await browser.newPage();
    await page.goto(`${home}/plain`);
    await page.getByRole('button', { name: 'See it in the store' }).click();
    await page.locator('#pass img').waitFor();
    const drawn =
      'document.querySelector("#pass img").decode().then(() => document.querySelector("#pass img").naturalWidth)';
    expect(await page.evaluate(drawn)).toBeGreaterThan(0);
    const saved = await foyer.database.query(
      `SELECT c.model, c.total_minor::int AS total FROM configuration c WHERE c.model = 'fjord'`,
    );
    expect(saved).toEqual([{ model: 'fjord', total: 3_729_000 }]);
    await page.close();
  });

  /** A fresh visitor on the shop's page, with one SDK loaded; `script` says what the page does with it; she stays for `last`. */
  async function visit(sdk: string, script: string, last: readonly string[]): Promise<string[]> {
    const context = await browser.newContext();
    const page: Page = await context.newPage();
    const calls: string[] = [];
    page.on('response', (answer) => {
      const url = new URL(answer.url());
      if (url.origin === foyer.url) calls.push(`${url.pathname.replace(shop.browser, 'KEY')} ${answer.status()}`);
    });
    page.on('requestfailed', (failed) => calls.push(`${failed.url()} ${failed.failure()?.errorText ?? ''}`));
    await page.goto(home);
    await page.addScriptTag({ url: sdk });
    const values = `const url = ${JSON.stringify(foyer.url)}, key = ${JSON.stringify(shop.browser)};`;
    await page.evaluate(`(async () => { ${values} ${script} })()`);
    await eventually(`calls of ${last.join(', ')}`, async () =>
      last.every((path) => calls.some((call) => call.startsWith(path))),
    );
    await context.close();
    return [...new Set(calls)].sort();
  }

  const kept = (name: string, count: number): Promise<{ kind: string; asserted: boolean }[]> =>
    eventually(`${count} messages of ${name}`, async () => {
      const rows = await foyer.database.query<{ kind: string; asserted: boolean }>(
        `SELECT kind, asserted FROM message WHERE strpos(body::text, $1) > 0 ORDER BY kind`,
        [name],
      );
      return rows.length === count && rows;
    });

  it('deliver from Segment’s, one by one and in batches', async () => {
    const calls = await visit(
      '/segment.js',
      `const { AnalyticsBrowser } = window.AnalyticsNext;
       const [analytics] = await AnalyticsBrowser.load({ writeKey: key, cdnURL: url });
       await analytics.identify('segment-user');
       await analytics.track('Configuration Started', { model: 'estate' });
       await analytics.page('Home');
       await analytics.group('club');
       const deliveryStrategy = { strategy: 'batching', config: { size: 2 } };
       const [batching] = await AnalyticsBrowser.load({ writeKey: key, cdnURL: url }, { integrations: { 'Segment.io': { deliveryStrategy } } });
       batching.track('Product Viewed');
       await batching.track('Cart Viewed');`,
      ['/v1/g', '/v1/b'],
    );
    expect(calls).toEqual([
      '/v1/b 200',
      '/v1/g 200',
      '/v1/i 200',
      '/v1/p 200',
      '/v1/projects/KEY/settings 200',
      '/v1/t 200',
    ]);
    const rows = await kept('segment-user', 6);
    expect(rows.map((row) => row.kind)).toEqual([
      'cart.viewed',
      'configuration.started',
      'group',
      'identify',
      'page',
      'product.viewed',
    ]);
    expect(rows.some((row) => row.asserted)).toBe(false);
  });

  it('deliver from Rudder’s, one by one', async () => {
    const calls = await visit(
      '/rudder.js',
      `const analytics = new window.rudderanalytics.RudderAnalytics();
       await new Promise((resolve) => analytics.load(key, url, { configUrl: url, onLoaded: resolve }));
       analytics.identify('rudder-user');
       analytics.track('Option Selected', { option_code: 'tow-bar' });
       analytics.page('Home');`,
      ['/v1/identify', '/v1/track', '/v1/page'],
    );
    expect(calls).toEqual(['/sourceConfig/ 200', '/v1/identify 200', '/v1/page 200', '/v1/track 200']);
    expect((await kept('rudder-user', 3)).map((row) => row.kind)).toEqual(['identify', 'option.selected', 'page']);
  });

  it('deliver from Rudder’s by beacon, as the page is left', async () => {
    const calls = await visit(
      '/rudder.js',
      `const analytics = new window.rudderanalytics.RudderAnalytics();
       const options = { configUrl: url, useBeacon: true, beaconQueueOptions: { flushQueueInterval: 500 }, onLoaded: undefined };
       await new Promise((resolve) => analytics.load(key, url, { ...options, onLoaded: resolve }));
       analytics.track('Beacon Sent');`,
      ['/beacon/v1/batch'],
    );
    expect(calls[0]).toMatch(/^\/beacon\/v1\/batch/);
    await kept('Beacon Sent', 1);
  });
});
