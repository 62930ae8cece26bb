import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { boot } from '../src/boot.js';
import { Database } from '../src/platform/database/database.js';
import { Pages } from '../src/platform/http/pages.js';
import { readConfig } from '../src/shared/config.js';
import { Narrator } from './narrator.js';
import { openRetailer, openShift } from './retailer.js';
import { atHome } from './scenes/at-home.js';
import { atTheDesk } from './scenes/at-the-desk.js';
import { filmOfAPhone } from './scenes/held-phone.js';
import { onTheTablet } from './scenes/on-the-tablet.js';
import { inTrouble } from './scenes/in-trouble.js';
import { newcomer } from './scenes/newcomer.js';
import { offline } from './scenes/offline.js';
import type { Camera, Studio } from './scenes/studio.js';
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
const cameras: Readonly<Record<Camera, readonly string[]>> = {
  seesAPhone: ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${filmOfAPhone()}`],
  isRefused: ['--use-fake-device-for-media-stream'],
  isMissing: [],
};
const browsers = new Map<Camera, Promise<Browser>>();
function browserWhose(camera: Camera): Promise<Browser> {
  const ui = `--use-fake-ui-for-media-stream${camera === 'isRefused' ? '=deny' : ''}`;
  const known = browsers.get(camera);
  if (known) return known;
  const launched = chromium.launch({
    executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', ui, ...cameras[camera]],
  });
  browsers.set(camera, launched);
  return launched;
}
mkdirSync(folder, { recursive: true });
const studio: Studio = {
  ...{ url, clock, database, retailer, shift, loyaltyId, cardPage },
  open: async (size, path, { dark, german, camera = 'seesAPhone' } = {}) => {
    const browser = await browserWhose(camera);
    const context = await browser.newContext({
      viewport: size,
      colorScheme: dark ? 'dark' : 'light',
      locale: german ? 'de-DE' : 'en-GB',
      permissions: camera === 'isRefused' ? [] : ['camera'],
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
  await offline(studio);
  await inTrouble(studio, link);
  await newcomer(studio);
  await atTheDesk(studio);
} finally {
  for (const browser of browsers.values()) await (await browser).close();
  await running.stop();
}
