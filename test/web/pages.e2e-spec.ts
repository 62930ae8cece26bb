import { gzipSync } from 'node:zlib';
import type { Locator, Page, Response } from 'playwright-core';
import { issueEnrolCode } from '../../src/access/enrolment/enrol-codes.js';
import { setPin } from '../../src/access/enrolment/pins.js';
import { eventually } from '../support/foyer.js';
import type { TestStaff } from '../support/retailer.js';
import { hindrances } from './support/axe.js';
import { openPage, sizes, type Size, type Watched } from './support/browser.js';
import { inChromium } from './support/chromium.js';
import { arrives, buildsAtHome, hasCard, namesIn, type Saved } from './support/deeds.js';
import { misfits, type Still } from './support/layout.js';
import { setStage, type Stage } from './support/stage.js';

const kilobyte = 1024;
const everywhere: readonly Size[] = ['tablet', 'tabletUpright', 'phone'];
/** A board does not scroll on a tablet that lies on its side, with as many visitors as it has here. */
const board: Still = { still: ['tablet'] };

inChromium('every page', () => {
  let stage: Stage;
  let link: string;
  let berta: Saved;
  let card: string;
  let robin: TestStaff;

  beforeAll(async () => {
    stage = await setStage();
    const { foyer, retailer, north, shop } = stage;
    robin = await retailer.staff('Robin', 'STORE_MANAGER', [north]);
    await setPin(foyer.database, robin.id, '4711', foyer.clock.now());
    ({ link } = await buildsAtHome(foyer.url, shop));
    berta = await buildsAtHome(foyer.url, shop, 'Berta');
    card = (await hasCard(foyer.url, shop, '8001810')).path;
    for (const calledName of ['Otto', 'Grey coat', 'Blue bag', 'Green hat'])
      await arrives(foyer.url, north, { calledName });
    await arrives(foyer.url, north, { code: berta.link, partySize: 2, purpose: 'TEST_DRIVE' });
  });

  afterAll(async () => stage?.close());

  const arrived = '.waiting-card:not(.shadow)';
  const pages: [name: string, path: () => string, size: Size, ready: string, german?: RegExp][] = [
    ['enrolment', () => '/tablet', 'tablet', 'input[name=code]'],
    ['her phone', () => new URL(link).pathname, 'phone', '.qr img', /^Ihr Halden Fjord steht/],
    ['door', () => '/s/north', 'phone', 'form', /^Willkommen/],
    ['shop', () => `/shop#key=${stage.shop.browser}`, 'tablet', '.model', /^Halden: Ihr Auto/],
    ['configurator', () => '/shop#fjord', 'tablet', '.option', /^Halden Fjord zusammenstellen$/],
    ['start', () => '/', 'tablet', 'h1', /läuft nicht als Demo$/],
    ['her card', () => card, 'phone', '.qr img', /^Ihre Karte$/],
    ['a pass that a phone opens', () => '/P/0123456789ABCDEFGHJKMNPQRS', 'phone', 'h1', /^Zeigen Sie diesen Code/],
    ['a card that is none', () => '/w/unknown', 'phone', 'h1', /^Diese Seite finden wir nicht$/],
    ['desk, signing in', () => '/desk', 'tablet', 'input[name=token]'],
    ['desk', () => `/desk#token=${robin.token}`, 'tablet', '.figures'],
  ];

  async function open(path: string, size: Size, ready: string, keepsApp = false): Promise<Watched> {
    stage.foyer.clock.set(new Date());
    const watched = await openPage(stage.browser, stage.foyer.url, sizes[size], { keepsApp });
    stage.foyer.clock.set(new Date());
    await watched.page.emulateMedia({ reducedMotion: 'reduce' });
    await watched.page.goto(`${stage.foyer.url}${path}`);
    await watched.page.locator(ready).first().waitFor();
    return watched;
  }

  /** Shows the page as it is in another language. */
  async function speak(page: Page, language: 'de' | 'en', ready: string): Promise<void> {
    await page.evaluate(`localStorage.setItem('foyer.language', '${language}')`);
    await page.reload();
    await page.locator(ready).first().waitFor();
  }

  const isUsable = async (page: Page, still?: Still): Promise<void> =>
    expect(await hindrances(page, everywhere, still)).toEqual([]);
  const fits = async (page: Page, still?: Still): Promise<void> =>
    expect(await misfits(page, everywhere, still)).toEqual([]);

  for (const [name, path, size, ready, german] of pages) {
    it(`can be used by everybody: ${name}`, async () => {
      const { page, context, faults, foreign } = await open(path(), size, ready);
      await isUsable(page);
      await speak(page, 'de', ready);
      await fits(page);
      if (german) expect(await page.title()).toMatch(german);
      expect({ faults, foreign }).toEqual({ faults: [], foreign: [] });
      await context.close();
    });
  }

  it('opens where the browser blocks storage, and the shop saves there', async () => {
    const { page, context, faults } = await openPage(stage.browser, stage.foyer.url, sizes.phone);
    await page.addInitScript(`for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, { get: () => { throw new DOMException('Blocked.', 'SecurityError'); } })`);
    for (const [name, path, , ready] of pages) {
      if (/enrolment|configurator|none|^desk$/.test(name)) continue;
      stage.foyer.clock.set(new Date());
      await page.goto('about:blank');
      await page.goto(`${stage.foyer.url}${path()}`);
      await page.locator(ready).first().waitFor({ timeout: 5_000 });
      if (name !== 'shop') continue;
      await page.locator('.model').first().click();
      await page.locator('.price-bar .button').click();
      await page.locator('.who-form .button').click();
      await page.locator('.pass-code').waitFor();
    }
    expect(faults).toEqual([]);
    await context.close();
  });

  /** How far what is in focus lies under the picture or the price, in pixels. */
  const hidden = `(() => {
    const { top, bottom } = document.activeElement.closest('label').getBoundingClientRect();
    const edge = (selector, side) => document.querySelector(selector).getBoundingClientRect()[side];
    return Math.max(0, edge('.stage', 'bottom') - top, bottom - edge('.price-bar', 'top'));
  })()`;

  it('hides nothing that is in focus, and calls the shop’s troubles by their names', async () => {
    const { page, context, faults } = await open('/shop#fjord', 'phone', '.option');
    const [first, last] = [page.locator('.option input').first(), page.locator('.option input').last()];
    const isThere = async (what: Locator): Promise<boolean> => (await what.and(page.locator(':focus')).count()) > 0;
    await first.focus();
    for (const [key, end] of [
      ['Tab', last],
      ['Shift+Tab', first],
    ] as const)
      while (!(await isThere(end))) {
        await page.keyboard.press(key);
        expect(await page.evaluate(hidden)).toBe(0);
      }

    const get = page.locator('.who-form .button');
    const asks = async (sentence: string): Promise<void> => {
      await get.click();
      await page.getByRole('alert').getByText(sentence).waitFor();
    };
    await page.locator('.price-bar .button').click();
    await asks('The shop needs its key');
    await page.route('**/demo.json', (route) => route.fulfill({ status: 502, body: '<h1>Bad gateway</h1>' }));
    await asks('There is no connection.');
    await page.route('**/demo.json', (route) => route.fulfill({ json: { shopKey: stage.shop.browser } }));
    await page.route('**/graphql', (route) => route.fulfill({ status: 502, body: '<h1>Bad gateway</h1>' }));
    await asks('Saving did not work. Please try again in a moment.');
    await context.setOffline(true);
    await page.unroute('**/graphql');
    await asks('There is no connection.');
    await context.setOffline(false);
    await get.click();
    await page.locator('.pass-code').waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });

  it('does not take a server that is away for one without a demo', async () => {
    const { page, context } = await openPage(stage.browser, stage.foyer.url, sizes.phone);
    await page.route('**/demo.json', (route) => route.fulfill({ status: 502, body: '<h1>Bad gateway</h1>' }));
    await page.goto(stage.foyer.url);
    await page.getByRole('heading', { name: 'This page does not open just now' }).waitFor();
    await page.unroute('**/demo.json');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'This server was not started as a demo' }).waitFor();
    await context.close();
  });

  const ofDialog = 'dialog[open]';
  async function shut(page: Page): Promise<void> {
    await page.keyboard.press('Escape');
    await page.locator(ofDialog).waitFor({ state: 'detached' });
  }

  /** Goes through the screens and dialogs of a tablet, in whatever language it speaks; nothing is changed. */
  async function lookAround(page: Page, check: (page: Page, still?: Still) => Promise<void>): Promise<void> {
    const dialog = page.locator(ofDialog);
    await check(page, board);
    await page.locator('.board-head .button').click();
    for (const tab of await page.getByRole('tab').all()) {
      await tab.click();
      await check(page);
    }
    await page.getByRole('tab').nth(2).click();
    await dialog.locator('[name=stated]').fill('Berta Somebody-Else');
    await dialog.locator('form .button').click();
    await dialog.locator('.candidate').first().waitFor();
    await check(page);
    await shut(page);
    await page.getByRole('link', { name: 'Berta' }).click();
    await page.locator('.product').waitFor();
    await check(page);
    await page.locator('.chip-button').click();
    await dialog.waitFor();
    await check(page);
    await shut(page);
    await page.locator('.step-bar .last').click();
    await dialog.getByRole('button').nth(1).click();
    await check(page);
    await shut(page);
    await page.locator('.back').click();
    await page.getByRole('link', { name: 'Otto' }).click();
    await page.locator('.step-bar').waitFor();
    await check(page);
    await page.locator('.step-bar .button').nth(1).click();
    await dialog.waitFor();
    await check(page);
    await shut(page);
    await page.locator('.back').click();
    await page.locator(arrived).first().waitFor();
  }

  it('can be used by everybody: board, check-in, visitor and every dialog of the tablet', async () => {
    const { page, context, faults, foreign } = await open(
      `/tablet#token=${stage.north.tablet}`,
      'tablet',
      arrived,
      true,
    );
    await lookAround(page, isUsable);
    await speak(page, 'de', arrived);
    await lookAround(page, fits);
    await speak(page, 'en', arrived);
    await page.getByRole('link', { name: 'Berta' }).click();
    await page.getByRole('button', { name: 'Yes, Berta' }).click();
    await page.getByRole('heading', { name: 'Open matters' }).waitFor();
    await isUsable(page);
    await speak(page, 'de', '.relations-stack');
    await fits(page);
    expect({ faults, foreign }).toEqual({ faults: [], foreign: [] });
    await context.close();
  });

  it('can be used by everybody: the dialogs of the desk', async () => {
    const { page, context, faults } = await open(`/desk#token=${robin.token}`, 'tablet', '.desk-rows');
    const dialog = page.locator(ofDialog);
    const lookAtDialogs = async (check: (page: Page) => Promise<void>): Promise<void> => {
      const [staff, tablets] = [page.locator('.desk-card').nth(1), page.locator('.desk-card').nth(2)];
      for (const button of [
        staff.locator('li .button'),
        ...(await tablets.locator('li').first().locator('.button').all()),
        tablets.locator('.desk-card-head .button'),
      ]) {
        await button.first().click();
        await dialog.waitFor();
        await check(page);
        await shut(page);
      }
    };
    await lookAtDialogs(isUsable);
    await speak(page, 'de', '.desk-rows');
    await lookAtDialogs(fits);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('can be used by everybody: the pass that the shop shows', async () => {
    const { page, context, faults } = await open(`/shop#key=${stage.shop.browser}`, 'tablet', '.model');
    for (const [language, check] of [
      ['en', isUsable],
      ['de', fits],
    ] as const) {
      await speak(page, language, '.model, .option');
      await page.goto(`${stage.foyer.url}/shop#fjord`);
      await page.locator('.price-bar .button').click();
      await page.locator(ofDialog).waitFor();
      await check(page);
      await page.locator('.who-form .button').last().click();
      await page.locator('.pass-code').waitFor();
      await check(page);
    }
    expect(faults).toEqual([]);
    await context.close();
  });

  it.each([
    ['/tablet', 250],
    ['/c/x', 60],
    ['/s/north', 60],
  ])('loads no more script at first than it may: %s within %i KB', async (path, most) => {
    const { page } = await openPage(stage.browser, stage.foyer.url, sizes.phone);
    const scripts: Response[] = [];
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script') scripts.push(response);
    });
    await page.goto(`${stage.foyer.url}${path}`, { waitUntil: 'networkidle' });
    const bodies = await Promise.all(scripts.map((response) => response.body()));
    const bytes = bodies.reduce((sum, body) => sum + gzipSync(body).length, 0);
    expect(bytes).toBeGreaterThan(5 * kilobyte);
    expect(bytes).toBeLessThanOrEqual(most * kilobyte);
    await page.context().close();
  });

  it.each(['/', '/tablet', '/c/x', '/w/x', '/s/north', '/shop', '/desk'])(
    'runs no script but its own, from its own origin: %s',
    async (path) => {
      const { headers } = await fetch(`${stage.foyer.url}${path}`);
      const policy = new Map(
        (headers.get('content-security-policy') ?? '').split('; ').map((line) => {
          const [directive = '', ...sources] = line.split(' ');
          return [directive, sources.join(' ')];
        }),
      );
      expect(policy.get('default-src')).toBe("'none'");
      expect(policy.get('script-src')).toBe("'self' 'wasm-unsafe-eval'");
      expect(policy.get('connect-src')).toBe("'self'");
    },
  );

  it.each(['/assets/', '/assets', '/..%2f..%2fpackage.json', '/assets/..%2f..%2f..%2fpackage.json', '/tablet/none.js'])(
    'serves its files and nothing else: %s',
    async (path) => {
      const answer = await fetch(`${stage.foyer.url}${path}`);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ code: 'NOT_FOUND' });
    },
  );

  it('lets the browser run no script that somebody slipped into it', async () => {
    const { page, faults } = await openPage(stage.browser, stage.foyer.url, sizes.phone);
    await page.goto(`${stage.foyer.url}/s/north`);
    await page.evaluate(
      `document.body.append(Object.assign(document.createElement('script'), { text: 'slipped = 1' }))`,
    );
    expect(await page.evaluate('typeof slipped')).toBe('undefined');
    await eventually('the browser says so', async () => faults.length > 0);
    await page.context().close();
  });

  it('is served by keyboard alone: from enrolment over shift, code and visitor to the farewell', async () => {
    const { foyer, retailer, north, browser, shop } = stage;
    const { pass } = await buildsAtHome(foyer.url, shop, 'Carla');
    const { tabletId } = await retailer.tablet(north.id);
    const { code } = await issueEnrolCode(foyer.database, tabletId, foyer.clock.now());
    const { page } = await openPage(browser, foyer.url, sizes.tablet);
    const colleagues = '.colleagues .candidate';
    const dialog = page.getByRole('dialog');
    /** Goes on by Tab until this is in focus. */
    const reach = async (what: Locator): Promise<void> => {
      await what.waitFor();
      for (let tabs = 0; tabs < 60; tabs += 1) {
        if ((await what.and(page.locator(':focus')).count()) > 0) return;
        await page.keyboard.press('Tab');
      }
      throw new Error('Sixty times Tab, and it was not reached.');
    };
    const press = async (name: string, within: Page | Locator = page): Promise<void> => {
      await reach(within.getByRole('button', { name, exact: true }));
      await page.keyboard.press('Enter');
    };
    const type = async (what: Locator, text: string): Promise<void> => {
      await reach(what);
      await page.keyboard.type(text);
      await page.keyboard.press('Enter');
    };
    await page.goto(`${foyer.url}/tablet`);
    await type(page.getByLabel('Code'), code);
    await page.locator(colleagues).waitFor();
    await isUsable(page, board);
    await speak(page, 'de', colleagues);
    await fits(page);
    await page.locator(colleagues).press('Enter');
    await page.locator('.pad').waitFor();
    await fits(page);
    await speak(page, 'en', colleagues);
    await press('Robin');
    await page.locator('.pad').waitFor();
    await isUsable(page);
    await page.setViewportSize(sizes.tablet);
    await page.keyboard.type('4711');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: /Otto/ }).waitFor();

    await press('Check in');
    await reach(dialog.getByRole('tab', { name: 'Type a code' }));
    await page.keyboard.press('Enter');
    await type(dialog.getByLabel('Code, card or loyalty number'), pass.url);
    await page.getByRole('heading', { name: 'Carla' }).waitFor();
    await press('I take it');
    await page.getByText('with Robin').waitFor();
    await press('Yes, Carla');
    await page.getByText('Confirmed', { exact: true }).waitFor();
    await press('Here to… Change');
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await press('End visit');
    await press('Informed', dialog);
    await press('End visit', dialog);
    await page.getByRole('heading', { name: 'Waiting' }).waitFor();
    await eventually('she has left', async () => !(await namesIn(foyer.url, north)).includes('Carla'));
    await page.context().close();
  });
});
