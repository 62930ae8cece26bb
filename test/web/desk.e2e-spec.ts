import type { TestStaff } from '../support/retailer.js';
import { openPage, sizes } from './support/browser.js';
import { inChromium } from './support/chromium.js';
import { setStage, type Stage } from './support/stage.js';

inChromium('the desk in a browser', () => {
  let stage: Stage;
  let robin: TestStaff;

  beforeAll(async () => {
    stage = await setStage();
    robin = await stage.retailer.staff('Robin', 'STORE_MANAGER', [stage.north]);
  });

  afterAll(async () => stage?.close());

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
});
