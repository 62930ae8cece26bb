import { gzipSync } from 'node:zlib';
import type { Locator, Page, Response } from 'playwright-core';
import { eventually } from '../support/foyer.js';
import type { TestStaff } from '../support/retailer.js';
import { hindrances } from './support/axe.js';
import { openPage, sizes, type Size, type Watched } from './support/browser.js';
import { inChromium } from './support/chromium.js';
import { arrives, buildsAtHome, namesIn } from './support/deeds.js';
import { setStage, type Stage } from './support/stage.js';

const kilobyte = 1024;
const onTablet: readonly Size[] = ['tablet', 'tabletUpright'];
const everywhere: readonly Size[] = [...onTablet, 'phone'];

inChromium('every page', () => {
  let stage: Stage;
  let link: string;
  let robin: TestStaff;

  beforeAll(async () => {
    stage = await setStage();
    const { foyer, north, shop } = stage;
    robin = await stage.retailer.staff('Robin', 'STORE_MANAGER', [north]);
    ({ link } = await buildsAtHome(foyer.url, shop));
    for (const calledName of ['Otto', 'Grey coat']) await arrives(foyer.url, north, { calledName });
    await arrives(foyer.url, north, { code: link, partySize: 2, purpose: 'TEST_DRIVE' });
  });

  afterAll(async () => stage?.close());

  const board = (): string => `/tablet#token=${stage.north.tablet}`;
  const arrived = '.waiting-card:not(.shadow)';
  const pages: [name: string, path: () => string, at: readonly Size[], ready: string][] = [
    ['enrolment', () => '/tablet', onTablet, 'input[name=code]'],
    ['her phone', () => new URL(link).pathname, ['phone'], '.qr img'],
    ['door', () => '/s/north', ['phone'], 'form'],
    ['shop', () => `/shop#key=${stage.shop.browser}`, everywhere, '.model'],
    ['configurator', () => '/shop#fjord', everywhere, '.option'],
    ['start', () => '/', everywhere, 'h1'],
    ['a card that is none', () => '/w/unknown', ['phone'], 'h1'],
    ['desk, signing in', () => '/desk', everywhere, 'input[name=token]'],
    ['desk', () => `/desk#token=${robin.token}`, everywhere, '.figures'],
  ];

  async function open(path: string, size: Size, ready: string, keepsApp = false): Promise<Watched> {
    const watched = await openPage(stage.browser, stage.foyer.url, sizes[size], { keepsApp });
    stage.foyer.clock.set(new Date());
    await watched.page.emulateMedia({ reducedMotion: 'reduce' });
    await watched.page.goto(`${stage.foyer.url}${path}`);
    await watched.page.locator(ready).first().waitFor();
    return watched;
  }

  for (const [name, path, at, ready] of pages) {
    it(`can be used by everybody: ${name}`, async () => {
      const { page, context, faults, foreign } = await open(path(), at[0] ?? 'tablet', ready);
      expect(await hindrances(page, at)).toEqual([]);
      expect({ faults, foreign }).toEqual({ faults: [], foreign: [] });
      await context.close();
    });
  }

  it('can be used by everybody: board, check-in, visitor, and what she came for', async () => {
    const { page, context, faults, foreign } = await open(board(), 'tablet', arrived, true);
    const dialog = page.getByRole('dialog');
    const usable = async (): Promise<void> => expect(await hindrances(page, onTablet)).toEqual([]);
    await usable();
    await page.getByRole('button', { name: 'Check in' }).click();
    await dialog.waitFor();
    await usable();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('Halden Fjord').click();
    await page.getByRole('heading', { name: 'Halden Fjord' }).waitFor();
    await usable();
    await page.getByRole('button', { name: 'Test drive' }).click();
    await dialog.waitFor();
    await usable();
    expect({ faults, foreign }).toEqual({ faults: [], foreign: [] });
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

  it('is served by keyboard alone: from the check-in to the farewell', async () => {
    const { page } = await openPage(stage.browser, stage.foyer.url, sizes.tablet);
    await page.goto(`${stage.foyer.url}${board()}`);
    await page.locator(arrived).first().waitFor();
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
    const dialog = page.getByRole('dialog');
    await press('Check in');
    await reach(dialog.getByRole('tab', { name: 'No code' }));
    await page.keyboard.press('Enter');
    await reach(dialog.getByLabel(/What shall we call out/));
    await page.keyboard.type('Yellow scarf');
    await page.keyboard.press('Enter');
    await page.getByText('Yellow scarf').first().waitFor();
    await page.goto(`${stage.foyer.url}/tablet`);
    await reach(page.getByRole('link', { name: /Yellow scarf/ }));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Yellow scarf' }).waitFor();
    await press('Who is it?');
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await press('End visit');
    await press('Informed', dialog);
    await press('End visit', dialog);
    await page.getByRole('heading', { name: 'Waiting' }).waitFor();
    await eventually(
      'she has left',
      async () => !(await namesIn(stage.foyer.url, stage.north)).includes('Yellow scarf'),
    );
    await page.context().close();
  });
});
