import type { Browser, Page } from 'playwright-core';
import { issueEnrolCode } from '../../src/access/enrolment/enrol-codes.js';
import { setPin } from '../../src/access/enrolment/pins.js';
import { revoke } from '../../src/access/enrolment/revocation.js';
import { eventually, openFoyer, type Foyer } from '../support/foyer.js';
import { Retailer, type TestStaff, type TestStore } from '../support/retailer.js';
import { inChromium, openBrowser, openPage, sizes } from './support/chromium.js';
import { keptBytes, keptCounts } from './support/kept.js';

inChromium('the tablet in a browser', () => {
  let foyer: Foyer;
  let retailer: Retailer;
  let north: TestStore;
  let jonas: TestStaff;
  let browser: Browser;

  beforeAll(async () => {
    foyer = await openFoyer();
    foyer.clock.set(new Date());
    retailer = new Retailer(foyer.database);
    north = await retailer.store('north');
    jonas = await retailer.staff('Jonas', 'ASSOCIATE', [north]);
    await setPin(foyer.database, jonas.id, '4711', foyer.clock.now());
    await arrives('Otto');
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await foyer?.close();
  });

  const checkIn = `mutation ($input: CheckInInput!) { checkIn(input: $input) { ... on CheckedIn { visit { id } } } }`;
  const present = `query ($id: ID!) { board(storeId: $id) { present { id calledName } } }`;

  async function arrives(calledName: string, key = calledName): Promise<string> {
    const input = { storeId: north.id, idempotencyKey: key, calledName };
    const { data } = await foyer.ask<{ checkIn: { visit: { id: string } } }>(checkIn, { input }, north.tablet);
    return data.checkIn.visit.id;
  }

  async function namesOnServer(): Promise<(string | null)[]> {
    const { data } = await foyer.ask<{ board: { present: { calledName: string | null }[] } }>(
      present,
      { id: north.id },
      north.tablet,
    );
    return data.board.present.map((visit) => visit.calledName);
  }

  async function open(path: string): Promise<Page> {
    const { page } = await openPage(browser, foyer.url, sizes.tablet);
    await page.goto(`${foyer.url}${path}`);
    return page;
  }

  async function enrolled(): Promise<{ page: Page; tabletId: string }> {
    const { tabletId } = await retailer.tablet(north.id);
    const { code } = await issueEnrolCode(foyer.database, tabletId, foyer.clock.now());
    const page = await open('/tablet');
    await page.getByLabel('Code').fill(code);
    await page.getByRole('button', { name: 'Add this tablet' }).click();
    await page.getByText('Who is taking over?').waitFor();
    return { page, tabletId };
  }

  async function givePin(page: Page, pin: string): Promise<void> {
    await page.getByRole('button', { name: 'Jonas' }).click();
    for (const digit of pin) await page.getByRole('button', { name: digit, exact: true }).click();
    await page.getByRole('button', { name: 'Start' }).click();
  }

  it('is enrolled by a code, opened by PIN, and locked after three idle minutes', async () => {
    const { page } = await enrolled();
    expect(await page.getByText('Otto').count()).toBe(0);
    await givePin(page, '9999');
    await page.getByText('This PIN is not right.').waitFor();
    for (const digit of '4711') await page.getByRole('button', { name: digit, exact: true }).click();
    await page.clock.install();
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByText('Otto').waitFor();
    await page.clock.fastForward('03:01');
    await page.getByText('Who is taking over?').waitFor();
    expect(await page.getByText('Otto').count()).toBe(0);
    await page.context().close();
  });

  it('stays enrolled over a reload, and forgets everything when it is lost', async () => {
    const { page, tabletId } = await enrolled();
    await page.reload();
    await page.getByText('Who is taking over?').waitFor();
    await givePin(page, '4711');
    await page.getByText('Otto').waitFor();
    await revoke(foyer.database, tabletId, foyer.clock.now());
    await page.getByText('This tablet was signed out. Everything it kept has been removed.').waitFor();
    const kept = await page.evaluate<number[]>(keptCounts);
    expect(kept).toEqual([0, 0, 0]);
    await page.context().close();
  });

  it('accepts a check-in without a network, keeps it over a reload, and sends it once', async () => {
    const page = await open(`/tablet#token=${north.tablet}`);
    await page.getByText('Otto').waitFor();
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
    await page.context().setOffline(true);
    await page.getByText(/^Offline/).waitFor();
    await page.getByRole('button', { name: 'Check in' }).click();
    await page.getByRole('tab', { name: 'No code' }).click();
    await page.getByLabel(/What shall we call out/).fill('Green hat');
    await page.getByRole('tabpanel').getByRole('button', { name: 'Check in' }).click();
    await page.getByText('1 entry waits for the connection.').waitFor();
    await page.reload();
    await page.getByText('Otto').waitFor();
    await page.getByText('1 entry waits for the connection.').waitFor();
    const kept = await page.evaluate<string>(keptBytes);
    expect(kept.length).toBeGreaterThan(0);
    expect(kept).not.toMatch(/Otto|Green hat/);
    expect(await namesOnServer()).not.toContain('Green hat');
    await page.context().setOffline(false);
    await eventually('the offline check-in is on the server', async () =>
      (await namesOnServer()).includes('Green hat'),
    );
    await page.getByText('Green hat').first().waitFor();
    await page.getByText('waits for the connection').waitFor({ state: 'detached' });
    expect((await namesOnServer()).filter((name) => name === 'Green hat')).toHaveLength(1);
    await page.context().close();
  });

  it('goes on by itself after the server was away', async () => {
    const page = await open(`/tablet#token=${north.tablet}`);
    await page.getByText('Live').waitFor();
    await page.context().setOffline(true);
    await page.getByText(/^Offline/).waitFor();
    await arrives('Red scarf');
    await page.context().setOffline(false);
    await page.getByText('Red scarf').first().waitFor();
    await page.getByText('Live').waitFor();
    await page.context().close();
  });

  it('speaks German to a German reader, in what the server says too', async () => {
    const { page } = await openPage(browser, foyer.url, sizes.tablet, { locale: 'de-DE' });
    await page.goto(`${foyer.url}/tablet#token=${north.tablet}`);
    await page.getByRole('button', { name: 'Anmelden' }).click();
    await page.getByRole('tab', { name: 'Code eingeben' }).click();
    await page.getByLabel('Code, Karte oder Kundennummer').fill('SUPPENDOSE');
    await page.getByRole('tabpanel').getByRole('button', { name: 'Anmelden' }).click();
    await page.getByText(/Code kennen wir nicht|kennen diesen Code nicht/).waitFor();
    await page.context().close();
  });
});
