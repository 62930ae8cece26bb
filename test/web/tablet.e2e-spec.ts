import type { Page, Route } from 'playwright-core';
import { issueEnrolCode } from '../../src/access/enrolment/enrol-codes.js';
import { setPin } from '../../src/access/enrolment/pins.js';
import { revoke } from '../../src/access/enrolment/revocation.js';
import { after, days, hours } from '../../src/shared/clock.js';
import { eventually } from '../support/foyer.js';
import { openPage, sizes, type PageOptions } from './support/browser.js';
import { inChromium } from './support/chromium.js';
import { arrives, buildsAtHome, callOut, leaves, namesIn, typeCode } from './support/deeds.js';
import { isKept, keptBoardBytes, keptBytes, keptCounts, keptDays, keptDeeds } from './support/kept.js';
import { setStage, type Stage } from './support/stage.js';

inChromium('the tablet in a browser', () => {
  let stage: Stage;
  const pages: Page[] = [];

  beforeAll(async () => {
    stage = await setStage();
    const { foyer, retailer, north } = stage;
    for (const name of ['Jonas', 'Noor']) {
      const { id } = await retailer.staff(name, 'ASSOCIATE', [north]);
      await setPin(foyer.database, id, '4711', foyer.clock.now());
    }
    await arrives(foyer.url, north, { calledName: 'Otto' });
  });

  afterEach(async () => {
    for (const page of pages.splice(0)) await page.context().close();
  });

  afterAll(async () => stage?.close());

  async function open(path: string, options: PageOptions = {}): Promise<Page> {
    const { page } = await openPage(stage.browser, stage.foyer.url, sizes.tablet, options);
    pages.push(page);
    await page.goto(`${stage.foyer.url}${path}`);
    return page;
  }

  const board = (): string => `/tablet#token=${stage.north.tablet}`;
  const names = (): Promise<(string | null)[]> => namesIn(stage.foyer.url, stage.north);

  async function enrolled(how: { keepsApp?: boolean } = {}): Promise<{ page: Page; tabletId: string }> {
    const page = await open('/tablet', how);
    return { page, tabletId: await enrolOn(page) };
  }

  async function enrolOn(page: Page): Promise<string> {
    const { foyer, retailer, north } = stage;
    const { tabletId } = await retailer.tablet(north.id);
    const { code } = await issueEnrolCode(foyer.database, tabletId, foyer.clock.now());
    await page.getByLabel('Code').fill(code);
    await page.getByRole('button', { name: 'Add this tablet' }).click();
    await page.getByText('Who is taking over?').waitFor();
    return tabletId;
  }

  async function openShifts(tabletId: string): Promise<number> {
    const [row] = await stage.foyer.database.query<{ open: number }>(
      'SELECT count(*)::int AS open FROM access_token WHERE tablet_id = $1 AND staff_id IS NOT NULL AND revoked_at IS NULL',
      [tabletId],
    );
    return row?.open ?? 0;
  }

  async function givePin(page: Page, pin: string, who = 'Jonas'): Promise<void> {
    await page.getByRole('button', { name: who }).click();
    for (const digit of pin) await page.getByRole('button', { name: digit, exact: true }).click();
    await page.getByRole('button', { name: 'Start' }).click();
  }

  it('is enrolled by a code, opened by PIN, and locked after three idle minutes; after as long a sleep it wakes locked, before a name is painted', async () => {
    const { page } = await enrolled();
    expect(await page.getByText('Otto').count()).toBe(0);
    await givePin(page, '9999');
    await page.getByText('This PIN is not right.').waitFor();
    for (const digit of '4711') await page.getByRole('button', { name: digit, exact: true }).click();
    await page.clock.install();
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByText('Otto').waitFor();
    await page.clock.fastForward('02:50');
    await page.reload();
    await page.getByText('Otto').waitFor();
    // Idle minutes before the page was loaded anew count.
    await page.clock.fastForward('00:15');
    await page.getByText('Who is taking over?').waitFor();
    expect(await page.getByText('Otto').count()).toBe(0);

    await givePin(page, '4711');
    await page.getByText('Otto').waitFor();
    const now = await page.evaluate<number>('Date.now()');
    await page.clock.setSystemTime(now + 250_000);
    expect(await page.evaluate<string>(wake)).not.toContain('Otto');
    await page.getByText('Who is taking over?').waitFor();
  });

  it('stays enrolled over a reload, and forgets everything when it is lost', async () => {
    const { page, tabletId } = await enrolled();
    await page.reload();
    await page.getByText('Who is taking over?').waitFor();
    await givePin(page, '4711');
    await page.getByText('Otto').waitFor();
    await revoke(stage.foyer.database, tabletId, stage.foyer.clock.now());
    await page.getByText('This tablet was signed out. Everything it kept has been removed.').waitFor();
    const kept = await page.evaluate<number[]>(keptCounts);
    expect(kept).toEqual([0, 0, 0]);
  });

  it('forgets everything, too, when it is reported lost while it is locked', async () => {
    const { page, tabletId } = await enrolled();
    await givePin(page, '4711');
    await page.getByText('Otto').waitFor();
    await page.getByRole('button', { name: 'Lock' }).click();
    await page.getByRole('button', { name: 'Jonas' }).waitFor();
    await revoke(stage.foyer.database, tabletId, stage.foyer.clock.now());
    // As when its network comes back: it does not wait for the next half minute.
    await page.evaluate(`window.dispatchEvent(new Event('online'))`);
    await page.getByLabel('Code').waitFor();
    expect(await page.evaluate<number[]>(keptCounts)).toEqual([0, 0, 0]);
  });

  it('asks for the PIN again, and nothing more, when its shift has ended at the server', async () => {
    const { page, tabletId } = await enrolled();
    await givePin(page, '4711');
    await page.getByText('Otto').waitFor();
    await stage.foyer.database.query(
      'UPDATE access_token SET revoked_at = $2 WHERE tablet_id = $1 AND staff_id IS NOT NULL',
      [tabletId, stage.foyer.clock.now()],
    );
    await page.getByText('Who is taking over?').waitFor();
    expect(await page.getByText('Otto').count()).toBe(0);
    await givePin(page, '4711', 'Noor');
    await page.getByText('Otto').waitFor();
  });

  it('announces who comes in elsewhere, not whom it checks in itself, and lets her slide in once the form is closed', async () => {
    const page = await open(board());
    await page.getByText('Otto').waitFor();
    await page.evaluate(listen);
    const spoken = () => page.evaluate<string>('globalThis.spoken.join()');
    const checkIn = page.getByRole('button', { name: 'Check in' });

    await callOut(page, 'Own Olga');
    await page.getByRole('heading', { name: 'Own Olga' }).waitFor();
    await page.goBack();
    await page.getByRole('list').getByText('Own Olga').waitFor();
    await checkIn.click();
    await arrives(stage.foyer.url, stage.north, { calledName: 'Bea Behind' });
    await eventually('she is announced', async () => (await heard(page)).includes('Bea Behind has arrived'));
    expect(await spoken()).not.toContain('Own Olga');
    expect(await page.getByRole('list', { includeHidden: true }).getByText('Bea Behind').count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.getByRole('list').getByText('Bea Behind').waitFor();

    const nameless = async () => (await page.evaluate<string[]>('globalThis.spoken')).filter(isNameless).length;
    for (const nth of [1, 2]) {
      await arrives(stage.foyer.url, stage.north, {});
      await eventually('each is announced', async () => (await nameless()) === nth);
    }
  });

  it('accepts a check-in without a network, keeps it over a reload, and sends it once', async () => {
    const page = await open(board(), { keepsApp: true });
    await page.getByText('Otto').waitFor();
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
    await page.context().setOffline(true);
    await page.getByText(/^Offline/).waitFor();
    await callOut(page, 'Green hat');
    await page.getByText('1 entry waits for the connection.').waitFor();
    await page.reload();
    await page.getByText('Otto').waitFor();
    await page.getByText('1 entry waits for the connection.').waitFor();
    const kept = await page.evaluate<string>(keptBytes);
    expect(kept.length).toBeGreaterThan(0);
    expect(kept).not.toMatch(/Otto|Green hat/);
    expect(await names()).not.toContain('Green hat');
    await page.context().setOffline(false);
    await eventually('the offline check-in is on the server', async () => (await names()).includes('Green hat'));
    await page.getByText('Green hat').first().waitFor();
    await page.getByText('waits for the connection').waitFor({ state: 'detached' });
    expect((await names()).filter((name) => name === 'Green hat')).toHaveLength(1);
  });

  it('takes a check-in for done when only the answer was lost, and loses none though the page is left before there is one', async () => {
    const page = await open(board());
    await page.getByText('Otto').waitFor();
    let lost = false;
    await page.route('**/graphql', async (route) => {
      if (lost || !route.request().postData()?.includes('Lost Lou')) return route.fallback();
      lost = true;
      await route.fetch();
      return route.abort();
    });
    await callOut(page, 'Lost Lou');
    await page.getByText('No connection. Kept on this tablet').waitFor();
    await page.getByText('Sending 1 entry…').waitFor({ state: 'detached' });
    await page.getByText('Lost Lou').first().waitFor();
    expect(await page.getByText('was not accepted').count()).toBe(0);
    expect((await names()).filter((name) => name === 'Lost Lou')).toHaveLength(1);

    const isKept = async (): Promise<boolean> => (await page.evaluate<number>(keptDeeds)) > 0;
    await page.route('**/graphql', (route) =>
      route.request().postData()?.includes('Silent Sam') ? undefined : route.fallback(),
    );
    await callOut(page, 'Silent Sam');
    await eventually('the check-in under way is kept', isKept);
    expect(await page.getByText('Sending 1 entry…').count()).toBe(0);
    await page.unrouteAll();
    await page.reload();
    await page.getByText('Silent Sam').first().waitFor();
    expect((await names()).filter((name) => name === 'Silent Sam')).toHaveLength(1);
    await eventually('nothing of it is kept any more', async () => !(await isKept()));
  });

  it('ends a visit once over a line that swallows it, however often the button is tapped, and keeps it though the page is left', async () => {
    await arrives(stage.foyer.url, stage.north, { calledName: 'Parting Pat' });
    const page = await open(board());
    await page.getByRole('link', { name: /Parting Pat/ }).click();
    await page.getByRole('button', { name: 'End visit' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Informed' }).click();
    await dialog.getByLabel('Note for the next colleague').fill('Left a hat.');
    const swallowed: Route[] = [];
    let swallows = true;
    await page.route('**/graphql', (route) =>
      swallows && route.request().postData()?.includes('Left a hat.') ? void swallowed.push(route) : route.fallback(),
    );
    const end = dialog.getByRole('button', { name: 'End visit' });
    await end.dblclick();
    await eventually('it is under way', async () => swallowed.length > 0);
    expect(await end.isDisabled()).toBe(true);
    // Long before it is taken for out of reach.
    await eventually('it is kept', async () => (await page.evaluate<number>(keptDeeds)) === 1, 3_000);
    swallows = false;
    await page.reload();
    await eventually('it has ended', async () => !(await names()).includes('Parting Pat'));
    const [ended] = await stage.foyer.database.query<{ note: string }>(
      `SELECT note FROM visit WHERE called_name = 'Parting Pat'`,
    );
    expect(ended?.note).toBe('Left a hat.');
    await eventually('nothing of it is kept any more', async () => (await page.evaluate<number>(keptDeeds)) === 0);
    expect(await page.getByText('was not accepted').count()).toBe(0);
  });

  it('keeps its shift over a reload without a network until it is locked, and no longer', async () => {
    const { page, tabletId } = await enrolled({ keepsApp: true });
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
    await givePin(page, '4711');
    await page.getByText('Otto').waitFor();
    await page.context().setOffline(true);
    await callOut(page, 'Windy Wim');
    await page.getByText('1 entry waits for the connection.').waitFor();
    await page.reload();
    await page.getByText('Otto').waitFor();
    await page.getByText('1 entry waits for the connection.').waitFor();
    expect(await page.evaluate<string>(keptBytes)).not.toMatch(/Otto|Windy Wim/);
    // The page is left before the device has forgotten the shift.
    await page.evaluate('IDBObjectStore.prototype.delete = function () { return this.count(); }');
    await page.getByRole('button', { name: 'Lock' }).click();
    await page.getByText('The names appear here as soon as there is one.').waitFor();
    await eventually('it is kept that the server has to hear of it', () =>
      page.evaluate<boolean>(isKept('shifts-untold')),
    );
    await page.reload();
    await page.getByText('The names appear here as soon as there is one.').waitFor();
    expect(await page.getByText('Otto').count()).toBe(0);
    await page.context().setOffline(false);
    await eventually('the server hears that the shift has ended', async () => (await openShifts(tabletId)) === 0);
    await givePin(page, '4711');
    await eventually('it is on the server', async () => (await names()).includes('Windy Wim'));
    await eventually('the new shift is the only one', async () => (await openShifts(tabletId)) === 1);
  });

  it.each([
    ['behind', -days(1)],
    ['ahead', days(1)],
  ])('knows what day it is without a network, though its clock is a day %s', async (_, error) => {
    const page = await open('/tablet', { keepsApp: true });
    await page.clock.setSystemTime(after(new Date(), error));
    await page.reload();
    await enrolOn(page);
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
    await givePin(page, '4711');
    await page.getByText('Otto').waitFor();
    await eventually('the board is kept', async () => (await page.evaluate<number>(keptBoardBytes)) > 0);
    await page.context().setOffline(true);
    await page.reload();
    await page.getByText('Otto').waitFor();
    await callOut(page, `Clock ${error}`);
    await page.context().setOffline(false);
    await eventually('she is on the board of today', async () => (await names()).includes(`Clock ${error}`));
  });

  it('keeps what waits over a change of shift, sends it once, and shows what was not accepted of another day', async () => {
    const { page } = await enrolled();
    await givePin(page, '4711');
    await page.getByText('Otto').waitFor();
    await page.context().setOffline(true);
    await page.getByText(/^Offline/).waitFor();
    await callOut(page, 'Late Lea');
    await page.getByText('1 entry waits for the connection.').waitFor();
    await page.getByRole('button', { name: 'Lock' }).click();
    await page.getByText('Late Lea').waitFor({ state: 'detached' });
    expect(await page.getByText('Otto').count()).toBe(0);
    await page.getByText('The names appear here as soon as there is one.').waitFor();
    await page.clock.setSystemTime(Date.now() - days(1));
    await typeCode(page, 'SUPPENDOSE');
    await page.getByText('2 entries wait for the connection.').waitFor();
    await page.clock.setSystemTime(Date.now());
    await page.context().setOffline(false);
    await page.getByText('1 entry was not accepted. Begin a shift to read why.').waitFor();
    await givePin(page, '4711', 'Noor');
    await page.getByText('The offline check-in of Visitor was not accepted: ').waitFor();
    await eventually('it is on the server', async () => (await names()).includes('Late Lea'));
    await page.getByText('wait for the connection').waitFor({ state: 'detached' });
    expect((await names()).filter((name) => name === 'Late Lea')).toHaveLength(1);
  });

  it('shows what was kept of a visitor to nobody but its reader before the server has answered', async () => {
    const { link } = await buildsAtHome(stage.foyer.url, stage.shop);
    await arrives(stage.foyer.url, stage.north, { calledName: 'Kim', code: link });
    const { page } = await enrolled();
    const model = page.getByText('Halden Fjord');
    await givePin(page, '4711');
    await model.waitFor();
    await eventually('the board is kept', async () => (await page.evaluate<string>(keptBytes)).length > 1_000);
    // The server says who reads, and is silent when it is asked for the board.
    await page.route('**/graphql', (route) =>
      route.request().postData()?.includes('"storeId"') ? undefined : route.continue(),
    );
    const takesOver = async (who: string): Promise<void> => {
      await page.getByRole('button', { name: 'Lock' }).click();
      await givePin(page, '4711', who);
      await page.getByText('Kim', { exact: true }).waitFor();
    };
    await takesOver('Jonas');
    expect(await model.count()).toBe(1);
    await takesOver('Noor');
    expect(await model.count()).toBe(0);
  });

  it('forgets the day when it is over, though nobody has a shift', async () => {
    const { page } = await enrolled();
    await page.clock.install();
    await page.reload();
    await givePin(page, '4711');
    await page.getByText('Otto').waitFor();
    await eventually('the board is kept', async () => (await page.evaluate<string[]>(keptDays)).length > 0);
    await page.getByRole('button', { name: 'Lock' }).click();
    await page.getByRole('button', { name: 'Jonas' }).waitFor();
    await page.getByText('Live').waitFor();
    // The server would tell the tablet what day it really is.
    await page.context().setOffline(true);
    await page.getByText(/^Offline/).waitFor();
    await page.clock.fastForward('24:00:00');
    await eventually('the day is forgotten', async () => (await page.evaluate<string[]>(keptDays)).length === 0);
  });

  it('shows nobody of an earlier day, though it was in use without a network over midnight, and says what is too old to be sent', async () => {
    const page = await open(board());
    await page.getByText('Otto').waitFor();
    await page.clock.install();
    await page.reload();
    await page.getByText('Otto').waitFor();
    await page.context().setOffline(true);
    await page.getByText(/^Offline/).waitFor();
    await callOut(page, 'Early Ede');
    await page.getByText('1 entry waits for the connection.').waitFor();
    await page.clock.fastForward(hours(80));
    await page.getByText('Not loaded yet').first().waitFor();
    expect(await page.getByText('Otto').count()).toBe(0);
    expect(await page.evaluate<string[]>(keptDays)).toEqual([]);
    const tooOld = page.getByText(/^1 entry of .+ was not taken within 72 hours/);
    await tooOld.waitFor();
    expect(await page.evaluate<number>(keptDeeds)).toBe(0);
    await page.getByRole('button', { name: 'Understood' }).click();
    await tooOld.waitFor({ state: 'detached' });
  });

  it('shows without a shift who waits and for how long, nobody by name, and takes check-ins and endings', async () => {
    const { page } = await enrolled();
    const waits = page.getByRole('region', { name: /Waiting/ }).getByRole('listitem');
    await waits.first().waitFor();
    const before = await waits.count();
    await callOut(page, 'Plain Paul');
    await page.getByText('Checked in.').waitFor();
    await eventually('he is on the nameless board', async () => (await waits.count()) === before + 1);
    expect(await names()).toContain('Plain Paul');
    expect(await page.evaluate<string>('document.body.innerText')).not.toMatch(/Otto|Plain Paul/);
    await waits.last().getByRole('button', { name: 'End visit' }).click();
    await page.getByRole('button', { name: 'Left' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End visit' }).click();
    await eventually('he has left', async () => !(await names()).includes('Plain Paul'));
    await eventually('he has left the board', async () => (await waits.count()) === before);

    // Another one is ended elsewhere while somebody writes here how it went.
    const visitId = await arrives(stage.foyer.url, stage.north, { calledName: 'Hasty Hal' });
    await eventually('he is on the nameless board', async () => (await waits.count()) === before + 1);
    await waits.last().getByRole('button', { name: 'End visit' }).click();
    const note = page.getByRole('dialog').getByLabel('Note for the next colleague');
    await note.fill('Took a leaflet.');
    await leaves(stage.foyer.url, stage.north, visitId);
    await page.getByRole('dialog').getByText('A colleague has ended this visit meanwhile.').waitFor();
    expect(await note.inputValue()).toBe('Took a leaflet.');
    await eventually('he has left the board', async () => (await waits.count()) === before);
  });

  it('goes on showing who waits when the token of the locked device has ended, as it does every quarter of an hour', async () => {
    const { page, tabletId } = await enrolled();
    const waits = page.getByRole('region', { name: /Waiting/ }).getByRole('listitem');
    await waits.first().waitFor();
    await page.getByText('Live').waitFor();
    const before = await waits.count();
    await stage.foyer.database.query('UPDATE access_token SET revoked_at = $2 WHERE tablet_id = $1', [
      tabletId,
      stage.foyer.clock.now(),
    ]);
    await eventually('it has proved itself anew', async () => {
      const sql = 'SELECT 1 FROM access_token WHERE tablet_id = $1 AND revoked_at IS NULL';
      return (await stage.foyer.database.query<object[]>(sql, [tabletId])).length > 0;
    });
    await arrives(stage.foyer.url, stage.north, { calledName: 'Quarter Quinn' });
    await eventually('the next one is shown', async () => (await waits.count()) === before + 1);
    await page.getByText('Live').waitFor();
  });

  it('sends no half PIN that is tapped by keyboard, and begins anew for somebody else', async () => {
    const { page } = await enrolled();
    const opened: string[] = [];
    page.on('request', (request) => request.url().endsWith('/tablet/shift') && opened.push(request.postData() ?? ''));
    await page.getByRole('button', { name: 'Jonas' }).click();
    for (const digit of '12') {
      await page.getByRole('button', { name: digit, exact: true }).focus();
      await page.keyboard.press('Enter');
    }
    await page.getByLabel('2 digits given').waitFor();
    await page.getByRole('button', { name: 'Not me' }).click();
    await page.getByRole('button', { name: 'Noor' }).click();
    await page.getByLabel('0 digits given').waitFor({ state: 'attached' });
    await page.keyboard.type('4711');
    await page.keyboard.press('Enter');
    await page.getByText('Otto').waitFor();
    expect(opened).toHaveLength(1);
  });

  it('opens without a shift and without a network: the board as of when, check-ins and endings, sent once', async () => {
    await arrives(stage.foyer.url, stage.north, { calledName: 'Ending Ede' });
    const { page } = await enrolled({ keepsApp: true });
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
    await givePin(page, '4711');
    await page.getByText('Ending Ede').waitFor();
    await eventually('the board is kept', async () => (await page.evaluate<string>(keptBytes)).length > 1_000);
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Lock' }).click();
    await page.reload();
    await page.getByText(/^Offline, as of/).waitFor();
    const waits = page.getByRole('region', { name: /Waiting/ }).getByRole('listitem');
    await waits.first().waitFor();
    await callOut(page, 'Stormy Sue');
    await waits.last().getByRole('button', { name: 'End visit' }).click();
    await page.getByRole('button', { name: 'Left' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End visit' }).click();
    await page.getByText('2 entries wait for the connection.').waitFor();
    await page.reload();
    await page.getByText('2 entries wait for the connection.').waitFor();
    expect(await page.evaluate<string>('document.body.innerText')).not.toMatch(/Otto|Stormy Sue|Ending Ede/);
    await page.context().setOffline(false);
    await eventually('both are on the server', async () => {
      const present = await names();
      return present.includes('Stormy Sue') && !present.includes('Ending Ede');
    });
    await page.getByText('wait for the connection').waitFor({ state: 'detached' });
    expect((await names()).filter((name) => name === 'Stormy Sue')).toHaveLength(1);
  });

  it('makes the wrong person vanish without a network too, and tells the others once there is one', async () => {
    const { pass } = await buildsAtHome(stage.foyer.url, stage.shop, 'Carla');
    const [{ page: one }, other] = [await enrolled({ keepsApp: true }), await open(board())];
    await one.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
    await givePin(one, '4711');
    await one.getByText('Otto').waitFor();
    const kept = (): Promise<number> => one.evaluate<number>(keptBoardBytes);
    await eventually('the board is kept', kept);
    const before = await kept();
    await typeCode(one, pass.url);
    await one.getByRole('button', { name: 'Not Carla' }).waitFor();
    await eventually('she is kept', async () => (await kept()) > before + 500);
    await other.getByText('Carla').first().waitFor();
    await one.context().setOffline(true);
    await one.getByRole('button', { name: 'Not Carla' }).click();
    await one.getByText('Everything that was shown has been removed').waitFor();
    await one.getByText('the other tablets hear of it').waitFor();
    await one.reload();
    await one.getByText('1 entry waits for the connection.').waitFor();
    await one.getByText('Everything that was shown has been removed').waitFor();
    expect(await one.getByText('Carla').count()).toBe(0);
    await one.getByRole('button', { name: 'Lock' }).click();
    await one.getByRole('heading', { name: 'Waiting' }).waitFor();
    await one.context().setOffline(false);
    await other.getByText('Not the one we thought').waitFor();
    expect(await other.getByText('Carla').count()).toBe(0);
    await one.getByText('waits for the connection').waitFor({ state: 'detached' });
  });

  it('goes on by itself after the server was away, and fetches the picture that it could not', async () => {
    const { link } = await buildsAtHome(stage.foyer.url, stage.shop);
    await arrives(stage.foyer.url, stage.north, { calledName: 'Pia', code: link });
    const page = await open(board());
    const pictures = '**/shop/pictures/**';
    await page.route(pictures, (route) => route.abort());
    await page.getByRole('link', { name: /Pia/ }).click();
    const picture = page.getByAltText('Halden Fjord');
    await page.getByRole('heading', { name: 'Halden Fjord' }).waitFor();
    await picture.waitFor({ state: 'detached' });
    await page.getByText('Live').waitFor();
    await page.context().setOffline(true);
    await page.getByText(/^Offline/).waitFor();
    await page.unroute(pictures);
    await arrives(stage.foyer.url, stage.north, { calledName: 'Red scarf' });
    await page.context().setOffline(false);
    await page.getByText('Live').waitFor();
    await picture.waitFor();
    await page.getByRole('link', { name: 'Board' }).click();
    await page.getByText('Red scarf').first().waitFor();
  });

  it('says so when nothing answers any more, as of when it last heard, and goes on by itself once something does', async () => {
    const page = await open(board());
    const uplink = await throughUplink(page);
    await page.clock.install();
    await page.reload();
    await page.getByText('Live').waitFor();
    const before = uplink.answers;
    await page.clock.fastForward('02:00:00');
    await eventually('two quiet hours later it has been heard', async () => uplink.answers > before);

    uplink.isDead = true;
    await arrives(stage.foyer.url, stage.north, { calledName: 'Unheard Una' });
    await page.clock.fastForward('00:10');
    await page.clock.fastForward('00:05');
    await page.getByText('Offline, as of this minute').waitFor();
    uplink.isDead = false;
    await page.clock.fastForward('00:10');
    await page.getByText('Unheard Una').first().waitFor();
    await page.getByText('Live').waitFor();
  });

  it('speaks German to a German reader, in what the server says too', async () => {
    const page = await open(board(), { locale: 'de-DE' });
    await page.getByRole('button', { name: 'Anmelden' }).click();
    await page.getByRole('tab', { name: 'Code eingeben' }).click();
    await page.getByLabel('Code, Karte oder Kundennummer').fill('SUPPENDOSE');
    await page.getByRole('tabpanel').getByRole('button', { name: 'Anmelden' }).click();
    await page.getByText(/Code kennen wir nicht|kennen diesen Code nicht/).waitFor();
  });
});

/** Turns the screen on again, and tells what stands there before it is painted. */
const wake = `document.dispatchEvent(new Event('visibilitychange', { bubbles: true })), Promise.resolve().then(() => document.body.innerText)`;

/** Keeps what the tablet says to screen readers. */
const listen = `{
  const region = document.querySelector('.seen-by-readers-only[aria-live]');
  globalThis.spoken = [];
  new MutationObserver(() => globalThis.spoken.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true });
}`;

const isNameless = (words: string): boolean => words === 'Visitor has arrived';

/** What there is for a screen reader: what a modal dialog covers is not. */
async function heard(page: Page): Promise<string> {
  const browser = await page.context().newCDPSession(page);
  const { nodes } = await browser.send('Accessibility.getFullAXTree');
  await browser.detach();
  return nodes.map(({ ignored, name }) => (ignored ? '' : String(name?.value ?? ''))).join('\n');
}

/** Leads a page's line to the server over an uplink that can swallow everything, as one does of which no browser says that it is away. */
async function throughUplink(page: Page): Promise<{ isDead: boolean; answers: number }> {
  const uplink = { isDead: false, answers: 0 };
  await page.routeWebSocket('**/graphql', (line) => {
    const server = line.connectToServer();
    line.onMessage((message) => uplink.isDead || server.send(message));
    server.onMessage((message) => {
      if (uplink.isDead) return;
      line.send(message);
      if (message.toString().includes('"pong"')) uplink.answers += 1;
    });
  });
  return uplink;
}
