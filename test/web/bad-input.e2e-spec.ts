import type { Browser, Page } from 'playwright-core';
import { after, days, minutes } from '../../src/shared/clock.js';
import { openBrowser, openPage, sizes } from './support/browser.js';
import { inChromium } from './support/chromium.js';
import { buildsAtHome, callOut } from './support/deeds.js';
import { filmOf } from './support/film.js';
import { setStage, type Stage } from './support/stage.js';

inChromium('what goes wrong at the door gets a sentence that helps', () => {
  let stage: Stage;
  let film: string | undefined;
  let camera: Browser | undefined;
  let holder: Page | undefined;
  const open: Page[] = [];

  beforeAll(async () => {
    stage = await setStage();
  });

  afterEach(async () => {
    for (const page of open.splice(0)) await page.context().close();
  });

  afterAll(async () => {
    await camera?.close();
    await stage?.close();
  });

  async function tablet(on = stage.browser, permissions = ['camera'], closed = open): Promise<Page> {
    const { page } = await openPage(on, stage.foyer.url, sizes.tablet, { permissions });
    closed.push(page);
    await page.goto(`${stage.foyer.url}/tablet#token=${stage.north.tablet}`);
    return page;
  }

  /** A tablet before whose camera a code is held; it stays, and its camera plays the film anew. */
  async function holding(text: string, how: { torn?: boolean } = {}): Promise<Page> {
    film = filmOf(text, { ...how, ...(film && { path: film }) });
    camera ??= await openBrowser({ camera: film });
    holder ??= await tablet(camera, ['camera'], []);
    const form = holder.getByRole('dialog');
    if ((await form.count()) > 0) await holder.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });
    await holder.getByRole('button', { name: 'Check in' }).click();
    return holder;
  }

  it.each([
    ['refused', 'permission', 'The camera is not allowed here. Allow it in the browser'],
    ['missing', 'camera', 'This device has no camera. Type the code instead.'],
  ] as const)('the camera is %s', async (_what, without, sentence) => {
    const browser = await openBrowser({ without });
    const page = await tablet(browser, without === 'permission' ? [] : ['camera']);
    await page.getByRole('button', { name: 'Check in' }).click();
    await page.getByText(sentence).waitFor();
    await page.getByRole('tab', { name: 'Type a code' }).click();
    await page.getByLabel('Code, card or loyalty number').waitFor();
    await browser.close();
  });

  it('what reads codes cannot be loaded', async () => {
    const page = await tablet();
    await page.context().route(/zxing-worker/, (route) => route.abort());
    await page.getByRole('button', { name: 'Check in' }).click();
    await page.getByText('Codes cannot be read just now.').waitFor();
    await page.getByRole('tab', { name: 'Type a code' }).click();
    await page.getByLabel('Code, card or loyalty number').waitFor();
  });

  it.each([
    ['of a can of soup', 'https://soup.example/tomato?lot=4711'],
    ['of somebody else’s system', 'HTTPS://TICKETS.EXAMPLE/P/0123456789ABCDEFGHJKMNPQRS'],
    ['with a wrong letter in it', 'HTTPS://FOYER.EXAMPLE/P/0123456789ABCDEFGHJKMNPQRS'],
  ])('a QR code %s', async (_what, text) => {
    const page = await holding(text);
    await page.getByText('We do not know this code. Please check it, or try the name or the loyalty number.').waitFor();
  });

  it('a QR code that is damaged', async () => {
    const page = await holding('HTTPS://FOYER.EXAMPLE/P/0123456789', { torn: true });
    await page.getByText('Hold the code into the frame').waitFor();
    await page.getByText('Nothing read yet. Hold it still').waitFor();

    // The system takes the camera away, and gives it back when somebody looks at the tablet again.
    await page.evaluate(`document.querySelector('video').srcObject.getTracks()[0].dispatchEvent(new Event('ended'))`);
    await page.getByRole('alert').getByText('The camera gives no picture.').waitFor();
    await page.evaluate(`document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))`);
    await page.getByText('Hold the code into the frame').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('a pass that has expired', async () => {
    const { foyer, shop } = stage;
    const { pass } = await buildsAtHome(foyer.url, shop);
    foyer.clock.set(after(foyer.clock.now(), minutes(2)));
    const page = await holding(pass.url);
    await page.getByText('This pass is no longer valid. Please show a fresh one.').waitFor();
  });

  it('an unknown code for somebody who is here already is refused in the form that covers the page', async () => {
    const page = await tablet();
    await callOut(page, 'Red scarf');
    await page.getByRole('button', { name: 'Who is it?' }).click();
    await page.getByLabel('Code, card, phone or e-mail').fill('ZZZZ-ZZZZ');
    await page.getByRole('button', { name: 'That is who it is' }).click();
    const refusal = page.getByRole('dialog').getByRole('alert');
    await refusal.getByText('We do not know this code.').waitFor();
    // Playwright taps only what nothing covers, and a modal dialog covers all that is not in it.
    await refusal.click({ timeout: 5_000 });
  });

  it('the tablet’s clock, which is wrong by a day', async () => {
    const page = await tablet();
    await page.clock.setFixedTime(after(new Date(), days(1)));
    await page.reload();
    await page.getByText("This tablet's clock is wrong. Foyer goes by the store's time").waitFor();
    stage.foyer.clock.set(new Date());
    await callOut(page, 'Green hat');
    await page.getByRole('heading', { name: 'Green hat' }).waitFor();
    expect(await page.getByText('waiting 0 minutes, within the promise').count()).toBe(1);
  });
});
