import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { issueEnrolCode } from '../src/access/enrolment/enrol-codes.js';
import { setPin } from '../src/access/enrolment/pins.js';
import { addTablet } from '../src/access/enrolment/tablets.js';
import { boot } from '../src/boot.js';
import { Database } from '../src/platform/database/database.js';
import { Pages } from '../src/platform/http/pages.js';
import { minutes } from '../src/shared/clock.js';
import { readConfig } from '../src/shared/config.js';
import { ask } from './api.js';
import { Narrator } from './narrator.js';
import { openRetailer, openShift, type DemoRetailer } from './retailer.js';
import { playStory } from './story.js';
import { StoryClock } from './story-clock.js';

/** Takes the pictures of docs/screenshots: every page and state, from a retailer that exists only for it. */
const folder = 'docs/screenshots';
const tablet = { width: 1180, height: 820 };
const upright = { width: 820, height: 1180 };
const phone = { width: 390, height: 844 };
const wide = { width: 1600, height: 1000 };

const clock = new StoryClock();
const dir = mkdtempSync(join(tmpdir(), 'foyer-pictures-'));
const port = process.env['PORT'] ?? '3999';
const running = await boot(
  { web: true, worker: true },
  readConfig({ ...process.env, LOG_LEVEL: 'error', FOYER_DIR: dir, PORT: port }),
  clock,
);
const url = running.url ?? '';
const database = running.app.get(Database);
const retailer = await openRetailer(database, url, clock.now());
const { loyaltyId } = await playStory({ url, clock, retailer, tell: new Narrator() });
const { north } = retailer.stores;
const shift = await openShift(database, retailer, clock.now());
const told = { shopKey: retailer.shopBrowserKey, tabletToken: shift, managerToken: retailer.staff.robin };
running.app.get(Pages).tellNewcomers({ ...told, storeCode: 'north', loyaltyId });
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
try {
  await pictures(retailer);
} finally {
  await browser.close();
  await running.stop();
}

type Look = { dark?: boolean; german?: boolean };

async function open(size: { width: number; height: number }, path: string, { dark, german }: Look = {}): Promise<Page> {
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
}

async function take(page: Page, name: string): Promise<void> {
  await page.evaluate('document.fonts.ready.then(() => undefined)');
  await page.waitForTimeout(600);
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

async function arrives(token: string, storeId: string, said: object): Promise<void> {
  const input = { storeId, idempotencyKey: JSON.stringify(said), ...said };
  await ask(url, token, 'mutation ($input: CheckInInput!) { checkIn(input: $input) { __typename } }', { input });
}

async function pictures({ staff }: DemoRetailer): Promise<void> {
  const onTablet = `/tablet#token=${shift}`;

  const empty = await open(tablet, onTablet);
  await empty.getByText('Nobody is waiting').waitFor();
  await take(empty, 'board-empty');

  const shop = await open(tablet, '/shop');
  await take(shop, 'shop');
  await shop.getByText('Halden Fjord').click();
  for (const option of ['Pine green', '19-inch Vane', 'Panoramic glass', 'Folding tow bar'])
    await shop.getByText(option).click();
  await shop.evaluate('scrollTo(0, 0)');
  await take(shop, 'configurator');
  await shop.getByRole('button', { name: 'See it in the store' }).click();
  await shop.getByLabel('First name').fill('Grace');
  const saving = shop.waitForResponse((response) => response.url().endsWith('/graphql'));
  await shop.getByRole('button', { name: 'Show me the code' }).click();
  const { data } = (await (await saving).json()) as {
    data: { saveConfiguration: { link: string; pass: { url: string } } };
  };
  await shop.getByAltText('QR code to show at the door').waitFor();
  await take(shop, 'pass');
  await take(await open(phone, '/shop#skar'), 'configurator-phone');
  await take(await open(phone, new URL(data.saveConfiguration.link).pathname), 'her-phone');
  await take(
    await open(phone, new URL(data.saveConfiguration.link).pathname, { dark: true, german: true }),
    'her-phone-dark-german',
  );
  await take(await open(phone, '/c/unknown'), 'her-phone-unknown');

  clock.shift(-minutes(6));
  await arrives(north.tabletToken, north.id, { calledName: 'Grey coat', partySize: 2, purpose: 'SERVICE' });
  clock.shift(-minutes(3.5));
  await arrives(north.tabletToken, north.id, { code: data.saveConfiguration.link, purpose: 'TEST_DRIVE' });
  clock.shift(-minutes(1));
  await arrives(north.tabletToken, north.id, { code: loyaltyId });
  clock.shift(0);

  const door = await open(phone, '/s/north');
  await take(door, 'door');
  await door.getByLabel('What may we call you?').fill('Selin');
  await door.getByRole('button', { name: 'I am here' }).click();
  await door.getByText('You are announced').waitFor();
  await take(door, 'door-welcome');

  const board = await open(tablet, onTablet);
  await board.getByText('Grey coat').waitFor();
  await take(board, 'board');
  await take(await open(upright, onTablet, { dark: true, german: true }), 'board-upright-dark-german');
  await board.getByRole('link', { name: /Grace/ }).click();
  await board.getByRole('heading', { name: 'Grace' }).waitFor();
  await take(board, 'visitor-claimed');
  await board.getByRole('button', { name: 'Not Grace' }).click();
  await board.getByText('Everything that was shown').waitFor();
  await take(board, 'visitor-disputed');
  await board.getByRole('link', { name: 'Board' }).click();
  await board.getByRole('link', { name: /Ada/ }).click();
  await board.getByRole('button', { name: 'I take it' }).click();
  await board.getByRole('button', { name: 'Yes, Ada' }).click();
  await board.getByText('Worth saying').first().waitFor();
  await take(board, 'visitor');
  await board.getByRole('button', { name: 'End visit' }).click();
  await board.getByRole('button', { name: 'Quoted' }).click();
  await take(board, 'ending');
  await board.keyboard.press('Escape');
  const upper = await open(upright, onTablet, { dark: true });
  await upper.getByRole('link', { name: /Ada/ }).click();
  await upper.getByText('Worth saying').first().waitFor();
  await take(upper, 'visitor-upright-dark');
  await board.getByRole('link', { name: 'Board' }).click();
  await board.getByRole('button', { name: 'Check in' }).click();
  await board.getByText('Hold the code into the frame').waitFor();
  await take(board, 'check-in-scan');
  await board.getByRole('tab', { name: 'Type a code' }).click();
  await board.getByLabel('Code, card or loyalty number').fill('4006381333931');
  await board.getByRole('tabpanel').getByRole('button', { name: 'Check in' }).click();
  await board.getByRole('alert').waitFor();
  await take(board, 'check-in-refused');
  await board.keyboard.press('Escape');
  await board.context().setOffline(true);
  await board.getByText(/^Offline/).waitFor();
  await take(board, 'board-offline');

  const now = clock.now();
  await setPin(database, await staffId('mika'), '4711', now);
  const { id } = await addTablet(database, { store: 'north', name: 'Window' }, now);
  const { code } = await issueEnrolCode(database, id, now);
  const fresh = await open(tablet, '/tablet');
  await fresh.getByLabel('Code').waitFor();
  await take(fresh, 'enrolment');
  await fresh.getByLabel('Code').fill(code);
  await fresh.getByRole('button', { name: 'Add this tablet' }).click();
  await fresh.getByRole('button', { name: 'Mika' }).click();
  await take(fresh, 'shift');

  await take(await open(tablet, '/desk'), 'desk-sign-in');
  const desk = await open(tablet, `/desk#token=${staff.robin}`);
  await desk.getByText('Half waited less than').waitFor();
  await take(desk, 'desk-store');
  const start = await open(wide, '/');
  await start.frameLocator('iframe >> nth=2').getByText('Selin').first().waitFor();
  await take(start, 'start');
}

async function staffId(code: string): Promise<string> {
  const [found] = await database.query<{ id: string }>('SELECT id FROM staff WHERE code = $1', [code]);
  return found?.id ?? '';
}
