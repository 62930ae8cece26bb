import type { Browser, Page } from 'playwright-core';
import { issueToken } from '../../src/access/enrolment/access-tokens.js';
import { after, hours } from '../../src/shared/clock.js';
import type { TestStore } from '../support/retailer.js';
import { openBrowser, openPage, sizes, type Size, type Watched } from './support/browser.js';
import { inChromium } from './support/chromium.js';
import { buildsAtHome, typeCode, type Saved } from './support/deeds.js';
import { filmOf } from './support/film.js';
import { setStage, type Stage } from './support/stage.js';

inChromium('the whole story in a browser', () => {
  let stage: Stage;
  let south: TestStore;
  let camera: Browser | undefined;
  const watched: Watched[] = [];

  beforeAll(async () => {
    stage = await setStage();
    const { retailer, north } = stage;
    south = await retailer.store('south');
    await retailer.staff('Jonas', 'ASSOCIATE', [north, south]);
    await retailer.staff('Noor', 'ASSOCIATE', [north, south]);
  });

  afterAll(async () => {
    await camera?.close();
    await stage?.close();
  });

  afterEach(async () => {
    for (const { context } of watched) await context.close();
  });

  async function blank(size: Size = 'tablet', on = stage.browser, keepsApp = false): Promise<Page> {
    const seen = await openPage(on, stage.foyer.url, sizes[size], { keepsApp });
    watched.push(seen);
    return seen.page;
  }

  async function open(path: string, size: Size = 'tablet', on = stage.browser, keepsApp = false): Promise<Page> {
    const page = await blank(size, on, keepsApp);
    await page.goto(`${stage.foyer.url}${path}`);
    return page;
  }

  const home = (firstName: string): Promise<Saved> => buildsAtHome(stage.foyer.url, stage.shop, firstName);

  /** A tablet of a store on which somebody has a shift open. */
  async function tabletOf(
    store: TestStore,
    options: { on?: Browser; who?: string; keepsApp?: boolean } = {},
  ): Promise<Page> {
    const { on = stage.browser, who = 'jonas', keepsApp = false } = options;
    const now = stage.foyer.clock.now();
    const bearer = { staff: who, tablet: store.tabletId };
    const { token } = await issueToken(stage.foyer.database, bearer, after(now, hours(8)), now);
    return open(`/tablet#token=${token}`, 'tablet', on, keepsApp);
  }

  async function builtInTheShop(firstName: string): Promise<Saved> {
    const page = await open(`/shop#key=${stage.shop.browser}`);
    await page.getByText('Halden Fjord').click();
    await page.getByText('Pine green').click();
    await page.getByText('Folding tow bar').click();
    await page.getByRole('button', { name: 'See it in the store' }).click();
    await page.getByLabel('First name').fill(firstName);
    await page.getByLabel('E-mail').fill(`${firstName.toLowerCase()}@shop.example`);
    const answered = page.waitForResponse((response) => response.url().endsWith('/graphql'));
    await page.getByRole('button', { name: 'Show me the code' }).click();
    const { data } = (await (await answered).json()) as { data: { saveConfiguration: Saved } };
    await page.getByAltText('QR code to show at the door').waitFor();
    return data.saveConfiguration;
  }

  it('goes from her kitchen table over the door to the salesperson’s tablet', async () => {
    const { link } = await builtInTheShop('Ada');
    const phone = await blank('phone');
    const renewed = phone.waitForResponse(
      async (response) => response.url().endsWith('/graphql') && (await response.text()).includes('PassRenewed'),
    );
    await phone.goto(stage.foyer.url + new URL(link).pathname);
    const { data } = (await (await renewed).json()) as { data: { renewPass: { pass: { url: string } } } };
    await phone.getByText('Your Halden Fjord is ready to be seen.').waitFor();

    camera = await openBrowser({ camera: filmOf(data.renewPass.pass.url) });
    const colleague = await tabletOf(stage.north);
    await colleague.getByText('Nobody is waiting').waitFor();
    const tablet = await tabletOf(stage.north, { on: camera, keepsApp: true });
    await tablet.getByRole('button', { name: 'Check in' }).click();

    await tablet.getByRole('heading', { name: 'Ada' }).waitFor();
    await tablet.getByText('Ask for the name. Once it is confirmed').waitFor();
    await tablet.getByText('€38,270').waitFor();
    await colleague.getByText('Halden Fjord').waitFor();
    const marks = await tablet.evaluate(() => performance.getEntriesByType('mark').map(({ name }) => name));
    expect([marks[0], marks.at(-1)]).toEqual(['foyer:decoded', 'foyer:painted']);

    await tablet.getByRole('button', { name: 'I take it' }).click();
    await tablet.getByText('with Jonas').waitFor();
    await tablet.getByRole('button', { name: 'Yes, Ada' }).click();
    await tablet.getByText('Confirmed', { exact: true }).waitFor();
    await tablet.getByRole('button', { name: 'End visit' }).click();
    await tablet.getByRole('button', { name: 'Quoted' }).click();
    await tablet.getByLabel('Note for the next colleague').fill('Will come back on Saturday.');
    await tablet.getByRole('dialog').getByRole('button', { name: 'End visit' }).click();
    await tablet.getByText('Nobody is waiting').waitFor();
    await colleague.getByText('Nobody is waiting').waitFor();
  });

  it('shows a visitor to both tablets of her store, to none of another, and makes the wrong person vanish at once', async () => {
    const { pass } = await home('Berta');
    const [one, other, elsewhere] = [await tabletOf(stage.north), await tabletOf(stage.north), await tabletOf(south)];
    await elsewhere.getByText('Nobody is waiting').waitFor();
    await typeCode(one, pass.url);
    await other.getByRole('link', { name: /Berta/ }).click();
    await other.getByRole('heading', { name: 'Berta' }).waitFor();
    await one.getByRole('button', { name: 'Not Berta' }).click();
    await other.getByText('Everything that was shown has been removed').waitFor();
    expect(await other.getByText('Berta').count()).toBe(0);
    expect(await other.getByText('Halden Fjord').count()).toBe(0);
    await elsewhere.getByText('Nobody is waiting').waitFor();
    expect(await elsewhere.getByText('Berta').count()).toBe(0);
  });

  it('lets one associate take a visit, and tells the other who was first', async () => {
    const phone = await open('/s/south', 'phone');
    const [one, other] = [await tabletOf(south), await tabletOf(south, { who: 'noor' })];
    await phone.getByLabel('What may we call you?').fill('Blue bag');
    await phone.getByRole('button', { name: 'I am here' }).click();
    for (const tablet of [one, other]) await tablet.getByRole('link', { name: /Blue bag/ }).click();
    await other.getByRole('button', { name: 'I take it' }).waitFor();
    let letThrough = (): void => undefined;
    const taken = new Promise<void>((resolve) => (letThrough = resolve));
    await other.route('**/graphql', (route) => taken.then(() => route.continue()));
    await other.getByRole('button', { name: 'I take it' }).click();
    await one.getByRole('button', { name: 'I take it' }).click();
    await one.getByText('with Jonas').waitFor();
    letThrough();
    await other.getByText('Jonas was first and is with this visitor already.').waitFor();
  });

  it('takes her off the visit of somebody who is only with her', async () => {
    const { pass } = await home('Frida');
    const tablet = await tabletOf(stage.north);
    await typeCode(tablet, pass.url);
    await tablet.getByRole('button', { name: 'Is with Frida' }).click();
    await tablet.getByText('The card or code was a companion’s').waitFor();
    expect(await tablet.getByText('Frida').count()).toBe(0);
    await tablet.getByLabel('First name').fill('Gustav');
    await tablet.getByRole('button', { name: 'That is who it is' }).click();
    await tablet.getByRole('heading', { name: 'Gustav' }).waitFor();
  });

  it('takes every sales sentence off the screen once she is here to complain', async () => {
    const { pass } = await home('Dora');
    const tablet = await tabletOf(stage.north);
    await typeCode(tablet, pass.url);
    await tablet.getByRole('button', { name: 'Yes, Dora' }).click();
    await tablet.getByRole('heading', { name: 'Worth saying' }).waitFor();
    await tablet.getByRole('button', { name: 'Here to…' }).click();
    await tablet.getByRole('button', { name: 'Complain' }).click();
    await tablet.getByRole('heading', { name: 'Worth saying' }).waitFor({ state: 'detached' });
    await tablet.getByRole('button', { name: 'Complain Change' }).waitFor();
  });

  it('says what to do with a used pass and a can of soup', async () => {
    const { pass } = await home('Clara');
    const [one, other] = [await tabletOf(stage.north), await tabletOf(south)];
    await typeCode(one, pass.url);
    await one.getByRole('heading', { name: 'Clara' }).waitFor();
    await typeCode(other, pass.url);
    await other.getByText('This pass has been used already. Please show a fresh one.').waitFor();
    await other.getByLabel('Code, card or loyalty number').fill('4006381333931');
    await other.getByRole('tabpanel').getByRole('button', { name: 'Check in' }).click();
    await other.getByText('We do not know this code.').waitFor();
  });

  it('lets somebody say at the door, on her own phone, that she is here', async () => {
    const tablet = await tabletOf(south);
    const phone = await open('/s/south', 'phone');
    await phone.getByRole('button', { name: 'I am here' }).click();
    await phone.getByText('Please give a code or a name.').waitFor();
    await phone.getByLabel('What may we call you?').fill('Grey coat');
    await phone.getByRole('button', { name: 'I am here' }).click();
    await phone.getByText('You are announced').waitFor();
    await tablet.getByText('Grey coat').first().waitFor();
  });

  it('asked nobody else, and broke no rule of its own policy', () => {
    expect(watched.flatMap(({ foreign }) => foreign)).toEqual([]);
    expect(watched.flatMap(({ faults }) => faults)).toEqual([]);
  });
});
