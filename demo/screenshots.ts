import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { boot } from '../src/boot.js';
import { Database } from '../src/platform/database/database.js';
import { Pages } from '../src/platform/http/pages.js';
import { readConfig } from '../src/shared/config.js';
import { Narrator } from './narrator.js';
import { openRetailer, openShift } from './retailer.js';
import { atHome } from './scenes/at-home.js';
import { atTheDesk } from './scenes/at-the-desk.js';
import { onTheTablet } from './scenes/on-the-tablet.js';
import type { Studio } from './scenes/studio.js';
import { playStory } from './story.js';
import { StoryClock } from './story-clock.js';

/** Takes the pictures of docs/screenshots: every page and state, from a retailer that exists only for it. */
const folder = process.argv[2] ?? 'docs/screenshots';

const clock = new StoryClock();
const dir = mkdtempSync(join(tmpdir(), 'foyer-pictures-'));
const port = process.env['PORT'] ?? '3999';
const running = await boot(
  { web: true, worker: true },
  readConfig({ ...process.env, LOG_LEVEL: 'error', FOYER_DIR: dir, PORT: port }),
  { clock },
);
const url = running.url ?? '';
const database = running.app.get(Database);
const retailer = await openRetailer(database, url, clock.now());
const { loyaltyId, cardPage } = await playStory({ url, clock, retailer, tell: new Narrator() });
const shift = await openShift(database, retailer, clock.now());
const told = { shopKey: retailer.shopBrowserKey, tabletToken: shift, managerToken: retailer.staff.robin };
running.app.get(Pages).tellNewcomers({ ...told, storeCode: 'north', loyaltyId, cardPage });
const browser = await chromium.launch({
  executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
  ],
});
mkdirSync(folder, { recursive: true });
const studio: Studio = {
  ...{ url, clock, database, retailer, shift, loyaltyId },
  open: async (size, path, { dark, german } = {}) => {
    const context = await browser.newContext({
      viewport: size,
      colorScheme: dark ? 'dark' : 'light',
      locale: german ? 'de-DE' : 'en-GB',
      permissions: ['camera'],
      reducedMotion: 'reduce',
      serviceWorkers: 'block',
    });
    const page = await context.newPage();
    await page.goto(`${url}${path}`);
    return page;
  },
  take: async (page, name) => {
    await page.evaluate('document.fonts.ready.then(() => undefined)');
    await page.waitForTimeout(600);
    await page.screenshot({ path: join(folder, `${name}.png`) });
  },
};
try {
  const { link } = await atHome(studio);
  await onTheTablet(studio, link);
  await atTheDesk(studio);
} finally {
  await browser.close();
  await running.stop();
}
