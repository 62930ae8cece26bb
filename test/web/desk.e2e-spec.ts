import type { Browser, Page, Route } from 'playwright-core';
import { v7 } from 'uuid';
import { after, hours, minutes } from '../../src/shared/clock.js';
import { eventually } from '../support/foyer.js';
import type { TestSource, TestStaff } from '../support/retailer.js';
import { issueToken } from '../../src/access/enrolment/access-tokens.js';
import { Cast } from '../support/cast.js';
import { openBrowser, openPage, type PageOptions, sizes } from './support/browser.js';
import { inChromium } from './support/chromium.js';
import { arrives, typeCode } from './support/deeds.js';
import { misfits } from './support/layout.js';
import { setStage, type Stage } from './support/stage.js';
import { hindrances } from './support/axe.js';

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

inChromium('one person or two, in a browser', () => {
  let cast: Cast;
  let service: TestSource;
  let robin: TestStaff;
  let nils: TestStaff;
  let browser: Browser;

  beforeAll(async () => {
    cast = await Cast.gather();
    cast.foyer.clock.set(new Date());
    service = await cast.retailer.source('workshop', 'service', { trusted: true });
    // She reads German; her browser, and so the page, is English.
    robin = await cast.retailer.staff('Robin', 'STORE_MANAGER', [cast.north], 'de');
    nils = await cast.retailer.staff('Nils', 'ANALYST', [cast.north]);
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await cast?.foyer.close();
  });

  const open: Page[] = [];
  afterEach(async () => {
    for (const page of open.splice(0)) await page.context().close();
  });

  async function review(who: TestStaff, size: keyof typeof sizes = 'tablet'): Promise<Page> {
    const { page } = await openPage(browser, cast.foyer.url, sizes[size]);
    open.push(page);
    await page.goto(`${cast.foyer.url}/desk/review#token=${who.token}`);
    return page;
  }

  /** Alike by name, told apart by nothing: a question for a person. */
  async function question(given: string, family: string): Promise<{ a: string; b: string }> {
    const name = { firstName: given, lastName: family };
    return {
      a: await cast.knows(cast.club, v7(), { ...name, birthDate: '1971-05-17', address: { city: 'Berlin' } }),
      b: await cast.knows(service, v7(), { ...name, email: `${given}@workshop.example`.toLowerCase() }),
    };
  }

  const areOne = async ({ a, b }: { a: string; b: string }): Promise<boolean> =>
    (await cast.customerOf(a)) === (await cast.customerOf(b));

  it('asks, takes the answer, and takes it back, by keyboard alone', async () => {
    const pair = await question('Xaverine', 'Hollerstett');
    const other = await question('Kunibert', 'Aschenbrandt');
    const page = await review(robin);
    await page.getByRole('heading', { name: 'One person or two?' }).waitFor();
    await page.getByText('The same first name.').waitFor();
    await page.getByText('17 May 1971', { exact: true }).waitFor();
    const first = (await page.getByText('Xaverine').count()) > 0 ? pair : other;
    await page.keyboard.press('w');
    await page.keyboard.type('Asked her on the phone.');
    await page.keyboard.press('Enter');
    await page.keyboard.press('s');
    await eventually('they are one', () => areOne(first));
    const [word] = await cast.foyer.database.query<{ why: string; by_id: string }>(
      'SELECT why, by_id FROM judgement WHERE lo = least($1::uuid, $2::uuid) AND revoked_at IS NULL',
      [first.a, first.b],
    );
    expect(word).toEqual({ why: 'Asked her on the phone.', by_id: robin.id });
    const shown = page.locator('.review-table');
    await eventually('the next question is shown', async () =>
      ((await shown.textContent()) ?? '').includes(first === pair ? 'Kunibert' : 'Xaverine'),
    );

    await page.keyboard.press('u');
    await eventually('they are two again', async () => !(await areOne(first)));
    await eventually('the question is back', async () =>
      ((await shown.textContent()) ?? '').includes(first === pair ? 'Xaverine' : 'Kunibert'),
    );
    await page.keyboard.press('n');
    await eventually('the next question is shown again', async () =>
      ((await shown.textContent()) ?? '').includes(first === pair ? 'Kunibert' : 'Xaverine'),
    );
    await page.keyboard.press('d');
    await page.getByRole('heading', { name: 'Nothing is waiting' }).waitFor();
    const verdicts = await cast.foyer.database.query<{ verdict: string }>(
      'SELECT verdict FROM judgement WHERE revoked_at IS NULL ORDER BY at',
    );
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['unsure', 'different']);
  });

  it('lets an analyst look at masked records and page on, but not judge', async () => {
    const pair = await question('Philomena', 'Krautwald');
    await question('Leocadia', 'Pfifferling');
    const page = await review(nils);
    await page.getByText('Some values are masked for your role.').waitFor();
    expect(await page.getByRole('button', { name: 'Same person' }).count()).toBe(0);
    const before = await page.locator('.review-table').textContent();
    expect(before).not.toMatch(/Philomena|Krautwald|Leocadia|workshop\.example/);
    await page.keyboard.press('s');
    await page.keyboard.press('ArrowRight');
    await eventually(
      'the next pair is shown',
      async () => (await page.locator('.review-table').textContent()) !== before,
    );
    expect(await areOne(pair)).toBe(false);
    expect(await page.getByRole('link', { name: 'Store' }).count()).toBe(0);
  });

  it('goes back to a question that was skipped, after the last one is answered', async () => {
    for (const given of ['Apollonia', 'Burkhild', 'Crescentia']) await question(given, 'Ruppelsdorf');
    const page = await review(robin);
    const next = page.getByRole('button', { name: 'Skip for now' });
    await next.waitFor();
    while (await next.isEnabled()) await page.keyboard.press('ArrowRight');
    const before = await page.locator('.review-progress b').first().textContent();
    await page.keyboard.press('d');
    await page.getByText('Saved: two people.').waitFor();
    expect(await page.locator('.review-progress b').first().textContent()).toBe(String(Number(before) - 1));
    await page.locator('.review-table').waitFor();
    expect(await next.isEnabled()).toBe(false);
  });

  it('loses no question while the connection is away', async () => {
    const pair = await question('Isolde', 'Vandersteg');
    const page = await review(robin);
    await page.locator('.review-table').waitFor();
    await page.context().setOffline(true);
    await page.keyboard.press('n');
    await page.getByText('There is no connection to Foyer. Nothing was lost and nothing was saved.').waitFor();
    expect(await page.locator('.review-table').count()).toBe(1);
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
    const [row] = await cast.foyer.database.query<{ n: number }>(
      "SELECT count(*)::int AS n FROM judgement WHERE verdict = 'unsure' AND revoked_at IS NULL",
    );
    expect(row?.n).toBe(2);
    expect(await areOne(pair)).toBe(false);
  });

  /** A tablet of the store on which Bob has a shift open. */
  async function tablet(): Promise<Page> {
    const { foyer, north } = cast;
    const now = foyer.clock.now();
    const bearer = { staff: 'bob', tablet: north.tabletId };
    const { token } = await issueToken(foyer.database, bearer, after(now, hours(8)), now);
    const { page } = await openPage(browser, foyer.url, sizes.tablet);
    open.push(page);
    await page.goto(`${foyer.url}/tablet#token=${token}`);
    return page;
  }

  /** Somebody comes in with her card and is greeted by name. */
  async function greets(page: Page, name: string, loyaltyId: string): Promise<void> {
    await typeCode(page, loyaltyId);
    await page.getByRole('button', { name: `Yes, ${name}` }).click();
    await page.getByText('Confirmed', { exact: true }).waitFor();
  }

  it('asks her on the tablet, without a word of the other, and takes her answer', async () => {
    const name = { firstName: 'Waltraut', lastName: 'Zinnkamp' };
    const card = { loyaltyId: 'L-7701', birthDate: '1971-05-17' };
    const pair = {
      a: await cast.knows(cast.club, v7(), { ...name, ...card }),
      b: await cast.knows(service, v7(), { ...name, email: 'waltraut@workshop.example' }),
    };
    const page = await tablet();
    await greets(page, 'Waltraut', card.loyaltyId);
    const asked = page.getByRole('region', { name: 'Perhaps known twice' });
    await asked.getByText('The same family name.').waitFor();
    expect(await page.content()).not.toContain('workshop.example');
    expect(await hindrances(page, ['tablet', 'tabletUpright', 'phone'])).toEqual([]);
    expect(await areOne(pair)).toBe(false);
    await asked.getByRole('button', { name: 'Yes, the same' }).click();
    await asked.waitFor({ state: 'detached' });
    await eventually('they are one', () => areOne(pair));
  });

  it('finds her on the tablet by what she says, misspelt, and takes the one who is chosen', async () => {
    const name = { firstName: 'Larissa', lastName: 'Wohlgemuth' };
    await cast.knows(cast.club, v7(), { ...name, birthDate: '1982-11-30', phone: '+49 30 5550071' });
    const page = await tablet();
    await page.getByRole('button', { name: 'Check in' }).click();
    await page.getByRole('tab', { name: 'Look up' }).click();
    await page.getByLabel('Name, phone or e-mail').fill('Larisa Wolgemuth');
    await page.getByLabel('Date of birth, if said').fill('30.11.1982');
    expect(await hindrances(page, ['tablet', 'tabletUpright', 'phone'])).toEqual([]);
    await page.getByRole('button', { name: 'Look up', exact: true }).click();
    const found = page.getByRole('button', { name: 'La… W…' });
    await found.getByText('The same date of birth.').waitFor();

    // A slow answer to what was asked before stands under nothing that is asked now.
    const asks = '**/graphql';
    let letGo = (): void => undefined;
    const slow = new Promise<void>((resolve) => (letGo = resolve));
    await page.route(asks, async (route) => {
      if (!route.request().postData()?.includes('Larisa Wolgemuth')) return route.fallback();
      await slow;
      return route.continue();
    });
    await page.getByRole('button', { name: 'Look up', exact: true }).click();
    await page.getByRole('button', { name: 'Looking…', disabled: true }).waitFor();
    const late = page.waitForResponse((answer) => answer.request().postData()?.includes('Larisa Wolgemuth') ?? false);
    await page.getByLabel('Name, phone or e-mail').fill('Nobody Atall');
    await page.getByRole('button', { name: 'Look up', exact: true }).click();
    await page.getByRole('button', { name: 'Nobody found' }).waitFor();
    letGo();
    await (await late).finished();
    await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))');
    expect(await found.count()).toBe(0);
    await page.unroute(asks);
    await page.getByLabel('Name, phone or e-mail').fill('Larisa Wolgemuth');
    await page.getByRole('button', { name: 'Look up', exact: true }).click();
    const goesAway = '**/graphql';
    await page.route(goesAway, (route) =>
      route.request().postData()?.includes('candidateId') ? route.abort() : route.fallback(),
    );
    await found.click();
    await page.getByText('No connection. Kept on this tablet').waitFor();
    await page.unroute(goesAway);
    await page.getByText('Sending 1 entry…').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: /Larissa/ }).click();
    await page.getByRole('button', { name: 'Yes, Larissa' }).waitFor();
  });

  it('opens the one who was chosen of two with one name', async () => {
    const name = { firstName: 'Mathilde', lastName: 'Quandt' };
    for (const birthDate of ['1961-02-03', '1994-08-17']) await cast.knows(cast.club, v7(), { ...name, birthDate });
    const page = await tablet();
    for (const nth of [0, 1]) {
      await page.getByRole('button', { name: 'Check in' }).click();
      await page.getByRole('tab', { name: 'Look up' }).click();
      await page.getByLabel('Name, phone or e-mail').fill('Mathilde Quandt');
      await page.getByRole('button', { name: 'Look up', exact: true }).click();
      await page.getByRole('button', { name: 'Ma… Q…' }).nth(nth).click();
      await page.getByRole('button', { name: 'Yes, Mathilde' }).waitFor();
      await page.getByRole('link', { name: 'Board' }).click();
    }
    const chosen = await cast.foyer.database.query<object[]>(
      `SELECT DISTINCT v.recognised_record_id FROM visit v JOIN record r ON r.id = v.recognised_record_id WHERE r.traits::text LIKE '%Quandt%'`,
    );
    expect(chosen).toHaveLength(2);
    // Whoever may be either is not offered to be confirmed before one is chosen.
    await page.getByRole('button', { name: 'Check in' }).click();
    await page.getByRole('tab', { name: 'Look up' }).click();
    await page.getByLabel('Name, phone or e-mail').fill('Mathilde Quandt');
    await page.getByRole('button', { name: 'Look up', exact: true }).click();
    await page.getByRole('button', { name: 'None of them' }).click();
    await page.getByRole('button', { name: 'Somebody else' }).waitFor();
    expect(await page.getByRole('button', { name: 'Ma… Q…' }).count()).toBe(2);
    expect(await page.getByRole('button', { name: /^Yes/ }).count()).toBe(0);
  });

  it('shows who of her household is in the store too, and leads to him', async () => {
    const family = { lastName: 'Petersen', address: { street: 'Ahornweg 12', postalCode: '10115', city: 'Berlin' } };
    for (const [firstName, loyaltyId] of [
      ['Oskar', 'L-7702'],
      ['Grete', 'L-7703'],
    ])
      await cast.knows(cast.club, v7(), { firstName, loyaltyId, ...family });
    const page = await tablet();
    await greets(page, 'Oskar', 'L-7702');
    await page.getByRole('link', { name: 'Board' }).click();
    await greets(page, 'Grete', 'L-7703');
    await page.getByRole('link', { name: 'Shops with Oskar' }).click();
    await page.getByRole('heading', { name: 'Oskar' }).waitFor();
    await page.getByRole('link', { name: 'Shops with Grete' }).waitFor();
  });

  it('can be used by everybody', async () => {
    await question('Balduin', 'Eichenlohe');
    const { page, faults, foreign } = await openPage(browser, cast.foyer.url, sizes.tablet);
    open.push(page);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(`${cast.foyer.url}/desk/review#token=${robin.token}`);
    await page.locator('.waterfall').waitFor();
    expect(await hindrances(page, ['tablet', 'tabletUpright', 'phone'])).toEqual([]);
    expect({ faults, foreign }).toEqual({ faults: [], foreign: [] });
  });
});
