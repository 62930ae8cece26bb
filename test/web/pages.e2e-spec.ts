import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { openFoyer, type Foyer } from '../support/foyer.js';
import { Retailer, type TestSource, type TestStaff, type TestStore } from '../support/retailer.js';
import { inChromium, openBrowser, openPage, sizes } from './support/chromium.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const kilobyte = 1024;

inChromium('every page', () => {
  let foyer: Foyer;
  let north: TestStore;
  let shop: TestSource;
  let link: string;
  let robin: TestStaff;
  let browser: Browser;

  beforeAll(async () => {
    foyer = await openFoyer();
    foyer.clock.set(new Date());
    const retailer = new Retailer(foyer.database);
    north = await retailer.store('north');
    shop = await retailer.source('shop', 'web-shop', { origins: [foyer.url] });
    robin = await retailer.staff('Robin', 'STORE_MANAGER', [north]);
    browser = await openBrowser();
    link = await saved();
    for (const calledName of ['Otto', 'Grey coat']) await arrives({ calledName });
    await arrives({ code: link, partySize: 2, purpose: 'TEST_DRIVE' });
  });

  afterAll(async () => {
    await browser?.close();
    await foyer?.close();
  });

  async function saved(): Promise<string> {
    const price = (amount: number): object => ({ amountMinor: amount, currency: 'EUR' });
    const input = {
      idempotencyKey: 'k',
      sessionId: 's',
      identifiers: [{ kind: 'email', value: 'ada@shop.example' }],
      model: 'fjord',
      modelLabel: 'Halden Fjord',
      options: [{ group: 'paint', code: 'pine', label: 'Pine green', price: price(89_000) }],
      total: price(3_729_000),
      imageUrl: `${foyer.url}/shop/pictures/fjord-pine-vane-glass-tow.svg`,
    };
    const { data } = await foyer.ask<{ saveConfiguration: { link: string } }>(
      'mutation ($input: SaveConfigurationInput!) { saveConfiguration(input: $input) { ... on SavedConfiguration { link } } }',
      { input },
      shop.server,
    );
    return data.saveConfiguration.link;
  }

  async function arrives(said: object): Promise<void> {
    const input = { storeId: north.id, idempotencyKey: JSON.stringify(said), ...said };
    await foyer.ask(
      'mutation ($input: CheckInInput!) { checkIn(input: $input) { __typename } }',
      { input },
      north.tablet,
    );
  }

  const checkInDialog = async (page: Page): Promise<void> => page.getByRole('button', { name: 'Check in' }).click();
  const pages: [
    name: string,
    path: () => string,
    size: keyof typeof sizes,
    ready: string,
    then?: (page: Page) => Promise<void>,
  ][] = [
    ['board', () => `/tablet#token=${north.tablet}`, 'tablet', '.waiting-card:not(.shadow)'],
    ['board upright', () => `/tablet#token=${north.tablet}`, 'tabletUpright', '.waiting-card:not(.shadow)'],
    ['check-in', () => `/tablet#token=${north.tablet}`, 'tablet', '.waiting-card:not(.shadow)', checkInDialog],
    [
      'visitor',
      () => `/tablet#token=${north.tablet}`,
      'tablet',
      '.waiting-card:not(.shadow)',
      async (page) => {
        await page.getByText('Halden Fjord').click();
        await page.getByRole('heading', { name: 'Halden Fjord' }).waitFor();
      },
    ],
    ['enrolment', () => '/tablet', 'tablet', 'input[name=code]'],
    ['her phone', () => new URL(link).pathname, 'phone', '.qr img'],
    ['door', () => '/s/north', 'phone', 'form'],
    ['shop', () => `/shop#key=${shop.browser}`, 'phone', '.model'],
    ['configurator', () => '/shop#fjord', 'tablet', '.option'],
    ['start', () => '/', 'tablet', 'h1'],
    ['a card that is none', () => '/w/unknown', 'phone', 'h1'],
    ['desk, signing in', () => '/desk', 'tablet', 'input[name=token]'],
    ['desk', () => `/desk#token=${robin.token}`, 'tablet', '.figures'],
  ];

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [name, path, size, ready, then] of pages) {
      it(`can be used by everybody: ${name}, ${colorScheme}`, async () => {
        const { page, faults, foreign } = await openPage(browser, foyer.url, sizes[size], { colorScheme });
        await page.emulateMedia({ reducedMotion: 'reduce' });
        await page.goto(`${foyer.url}${path()}`);
        await page.locator(ready).first().waitFor();
        await then?.(page);
        await page.evaluate(axe);
        const found = await page.evaluate(async () => {
          const { violations } = await (
            globalThis as unknown as {
              axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> };
            }
          ).axe.run();
          return violations
            .filter(({ impact }) => impact === 'serious' || impact === 'critical')
            .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
        });
        expect(found).toEqual([]);
        const sideways = await page.evaluate<number>(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        expect(sideways).toBeLessThanOrEqual(0);
        expect({ faults, foreign }).toEqual({ faults: [], foreign: [] });
        await page.context().close();
      });
    }
  }

  it.each([
    ['/tablet', 250],
    ['/c/x', 60],
    ['/s/north', 60],
  ])('loads no more script at first than it may: %s within %i KB', async (path, most) => {
    const { page } = await openPage(browser, foyer.url, sizes.phone);
    const scripts: Promise<number>[] = [];
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script')
        scripts.push(response.body().then((body) => gzipSync(body).length));
    });
    await page.goto(`${foyer.url}${path}`, { waitUntil: 'networkidle' });
    const bytes = (await Promise.all(scripts)).reduce((sum, size) => sum + size, 0);
    expect(bytes).toBeGreaterThan(5 * kilobyte);
    expect(bytes).toBeLessThanOrEqual(most * kilobyte);
    await page.context().close();
  });

  it('is reached by keyboard alone: from the board to a visitor', async () => {
    const { page } = await openPage(browser, foyer.url, sizes.tablet);
    await page.goto(`${foyer.url}/tablet#token=${north.tablet}`);
    await page.locator('.waiting-card:not(.shadow)').first().waitFor();
    await page.getByRole('button', { name: 'Check in' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Board' }).waitFor();
    await page.context().close();
  });
});
