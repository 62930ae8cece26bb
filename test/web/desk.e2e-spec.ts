import type { Page, Route } from 'playwright-core';
import { after, minutes } from '../../src/shared/clock.js';
import { eventually } from '../support/foyer.js';
import type { TestStaff } from '../support/retailer.js';
import { openPage, sizes, type PageOptions } from './support/browser.js';
import { inChromium } from './support/chromium.js';
import { arrives } from './support/deeds.js';
import { misfits } from './support/layout.js';
import { setStage, type Stage } from './support/stage.js';

inChromium('the desk in a browser', () => {
  let stage: Stage;
  let robin: TestStaff;

  beforeAll(async () => {
    stage = await setStage();
    robin = await stage.retailer.staff('Robin', 'STORE_MANAGER', [stage.north]);
  });

  afterAll(async () => stage?.close());

  const open: Page[] = [];
  afterEach(async () => {
    for (const page of open.splice(0)) await page.context().close();
  });

  /** Robin's desk on a device of its own, after what is to be so before the page opens. */
  async function desk(before: (page: Page) => Promise<unknown>, options: PageOptions = {}): Promise<Page> {
    const { page } = await openPage(stage.browser, stage.foyer.url, sizes.tablet, options);
    open.push(page);
    await before(page);
    await page.goto(`${stage.foyer.url}/desk#token=${robin.token}`);
    return page;
  }

  it('says when something did not work, and leads back to signing in when the session has ended', async () => {
    const { page, faults } = await openPage(stage.browser, stage.foyer.url, sizes.tablet);
    await page.goto(`${stage.foyer.url}/desk#token=${robin.token}`);
    const press = (name: string): Promise<void> => page.getByRole('button', { name }).click();

    const gateway = { status: 502, contentType: 'text/html', body: '<html><h1>Bad Gateway</h1></html>' };
    await page.route('**/desk-api/tablets/lost', (route) => route.fulfill(gateway));
    await press('It is lost');
    await press('Sign it out and wipe it');
    await page.getByRole('alert').getByText('The server answered 502.').waitFor();
    await page.keyboard.press('Escape');

    await page.context().setOffline(true);
    await press('New code');
    await page.getByRole('alert').getByText('There is no connection to Foyer.').first().waitFor();
    await page.getByText(/What you see is as of/).waitFor();
    await page.context().setOffline(false);
    await page.getByText(/What you see is as of/).waitFor({ state: 'detached' });

    await page.context().clearCookies();
    await press('New code');
    await page.getByText('This sign-in has ended. Please sign in again.').waitFor();
    await page.getByLabel('Staff token').fill(robin.token);
    await press('Sign in');
    await page.getByRole('heading', { name: 'Store north' }).waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('asks nobody for her token who only has no connection, and says when she is still signed in', async () => {
    const away = (route: Route): Promise<void> => route.abort();
    const page = await desk((fresh) => fresh.route('**/desk-api/session', away));
    const alert = page.getByRole('alert');
    const heading = page.getByRole('heading', { name: 'Store north' });
    await alert.getByText('There is no connection to Foyer.').waitFor();
    expect(await page.getByLabel('Staff token').count()).toBe(0);
    await page.unroute('**/desk-api/session');
    await page.getByRole('button', { name: 'Try again' }).click();
    await heading.waitFor();

    await page.route('**/desk-api/session', away);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await alert.getByText('Not signed out. There is no connection to Foyer.').waitFor();
    await heading.waitFor();
    await page.unroute('**/desk-api/session');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Staff token').waitFor();

    await page.goto('about:blank');
    await page.goto(`${stage.foyer.url}/desk#token=nobody`);
    await alert.getByText('This token is not known, or has ended.').waitFor();
    await page.getByLabel('Staff token').waitFor();
  });

  const inFocus = (page: Page): Promise<string> =>
    page.evaluate<string>(`document.activeElement === document.body ? 'nothing' : document.activeElement.textContent`);

  it('adds one tablet for one hasty Enter, says whose code it is, and keeps the focus', async () => {
    const page = await desk(async (fresh) => {
      await fresh.route('**/desk-api/tablets{,/code}', async (route) => {
        await new Promise((resolve) => setTimeout(resolve, 200));
        await route.continue();
      });
    });
    const dialog = (name: string) => page.getByRole('dialog', { name });
    const shut = async (name: string): Promise<void> => {
      await page.keyboard.press('Escape');
      await dialog(name).waitFor({ state: 'detached' });
    };
    await page.getByRole('button', { name: 'Add a tablet' }).press('Enter');
    await dialog('Add a tablet').waitFor();
    await page.keyboard.type('Entrance');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await dialog('Code for Entrance').waitFor();
    await page.keyboard.press('Enter');
    await shut('Code for Entrance');
    expect(await inFocus(page)).toBe('Add a tablet');

    const row = page.getByRole('listitem').filter({ hasText: 'Entrance' });
    await row.first().getByRole('button', { name: 'New code' }).press('Enter');
    await page.keyboard.press('Enter');
    await dialog('Code for Entrance').waitFor();
    await shut('Code for Entrance');
    expect(await inFocus(page)).toBe('New code');
    const { database } = stage.foyer;
    expect(await database.query(`SELECT 1 FROM tablet WHERE name = 'Entrance'`)).toHaveLength(1);
    const issued = `SELECT 1 FROM audit WHERE action = 'tablet.code-issued'`;
    expect(await database.query(issued)).toHaveLength(1);

    await row.getByRole('button', { name: 'It is lost' }).press('Enter');
    await page.getByRole('button', { name: 'Sign it out and wipe it' }).press('Enter');
    await row.getByText('Signed out').waitFor();
    await dialog('It is lost').waitFor({ state: 'detached' });
    expect(await inFocus(page)).toBe('EntranceSigned out');
  });

  it('keeps up with staff and tablets by the time of the store, and offers no PIN that she may not set', async () => {
    let staff: object[] = [{ id: 'a', displayName: 'Ada', role: 'ADMIN', pinSet: true, mayChangePin: false }];
    const seenAt = after(new Date(), minutes(-5));
    const tablets = [{ id: 'b', name: 'Till', enrolled: true, seenAt, revoked: false }];
    const page = await desk(async (fresh) => {
      await fresh.clock.install({ time: after(new Date(), minutes(60)) });
      await fresh.route('**/desk-api/stores', async (route) => {
        const response = await route.fetch();
        const [store] = (await response.json()) as object[];
        await route.fulfill({ response, json: [{ ...store, staff, tablets }] });
      });
    });
    await page.getByText('Last seen 5 minutes ago').waitFor();
    await page.getByText('Ada').waitFor();
    expect(await page.getByRole('button', { name: 'Set PIN' }).count()).toBe(0);
    staff = [...staff, { id: 'c', displayName: 'Cleo', role: 'ASSOCIATE', pinSet: false }];
    await page.clock.fastForward(16_000);
    await page.getByText('Cleo').waitFor();
    expect(await page.getByRole('button', { name: 'Set PIN' }).count()).toBe(1);
  });

  it('speaks of short waits in words, names every page in her language, and fits a phone', async () => {
    await arrives(stage.foyer.url, stage.north, { calledName: 'Grey coat', purpose: 'TEST_DRIVE', partySize: 2 });
    const page = await desk((fresh) => fresh.setViewportSize(sizes.phone), { locale: 'de-DE' });
    await page.getByText('Mittlere Wartezeit').waitFor();
    await eventually('the wait is told', async () => (await page.getByText('unter einer Minute').count()) === 2);
    expect(await page.title()).toBe('Filiale · Foyer');
    const look = `(() => {
      const table = document.querySelector('.desk-scroll');
      const pills = [...document.querySelectorAll('.desk-buttons .button')];
      const lines = (one) => { const range = document.createRange(); range.selectNodeContents(one); return range.getClientRects().length; };
      return { sideways: table.scrollWidth - table.clientWidth, broken: pills.filter((one) => lines(one) > 1).length };
    })()`;
    expect(await page.evaluate(look)).toEqual({ sideways: 0, broken: 0 });
    expect(await misfits(page, ['phone'])).toEqual([]);
    await page.getByRole('link', { name: 'Wer ist wer' }).click();
    await page.getByRole('heading', { name: 'Eine Person oder zwei?' }).waitFor();
    expect(await page.title()).toBe('Wer ist wer · Foyer');
  });
});
