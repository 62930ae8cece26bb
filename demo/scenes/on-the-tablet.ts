import type { Page, Route } from 'playwright-core';
import { issueEnrolCode } from '../../src/access/enrolment/enrol-codes.js';
import { setPin } from '../../src/access/enrolment/pins.js';
import { addTablet } from '../../src/access/enrolment/tablets.js';
import { minutes } from '../../src/shared/clock.js';
import { arrives, knows, phone, tablet, upright, type Studio } from './studio.js';

/** The door and everything a salesperson sees. */
export async function onTheTablet(studio: Studio, link: string): Promise<void> {
  const { open, take, clock, shift, loyaltyId } = studio;
  const onTablet = `/tablet#token=${shift}`;
  const empty = await open(tablet, onTablet);
  await empty.getByText('Nobody is waiting').waitFor();
  await take(empty, 'board-empty');

  clock.shift(-minutes(6));
  await arrives(studio, { calledName: 'Grey coat', partySize: 2, purpose: 'SERVICE' });
  clock.shift(-minutes(3.5));
  await arrives(studio, { code: link, purpose: 'TEST_DRIVE' });
  clock.shift(-minutes(1));
  await arrives(studio, { code: loyaltyId });
  clock.shift(0);

  await withoutAnAnswer(studio);
  const door = await open(phone, '/s/north');
  await take(door, 'door');
  await door.getByLabel('What may we call you?').fill('Selin');
  await door.getByRole('button', { name: 'I am here' }).click();
  await door.getByText('You are announced').waitFor();
  await take(door, 'door-welcome');

  const board = await open(tablet, onTablet);
  await board.getByText('Grey coat').waitFor();
  await take(board, 'board');
  const german = await open(upright, onTablet, { dark: true, german: true });
  await german.getByText('Grey coat').waitFor();
  await take(german, 'board-upright-dark-german');
  const small = await open(phone, onTablet);
  await small.getByText('Grey coat').waitFor();
  await take(small, 'board-phone');
  await board.getByRole('link', { name: /Grace/ }).click();
  await board.getByRole('heading', { name: 'Grace' }).waitFor();
  await take(board, 'visitor-claimed');
  for (const [size, look, name] of [
    [upright, { german: true }, 'visitor-claimed-upright-german'],
    [phone, { dark: true, german: true }, 'visitor-claimed-phone-dark-german'],
  ] as const) {
    const other = await open(size, onTablet, look);
    await other.getByRole('link', { name: /Grace/ }).click();
    await other.getByRole('heading', { name: 'Grace' }).waitFor();
    await take(other, name);
  }
  await board.getByRole('button', { name: 'Test drive' }).click();
  await board.getByRole('dialog').waitFor();
  await take(board, 'visitor-purpose');
  await board.keyboard.press('Escape');
  await board.getByRole('button', { name: 'Is with Grace' }).click();
  await board.getByText('The card or code was a companion’s').waitFor();
  await take(board, 'visitor-is-with');
  await board.keyboard.press('Escape');
  await board.getByText('Everything that was shown').waitFor();
  await take(board, 'visitor-disputed');

  await greeted(board, /Ada/, 'Ada', true);
  await board.getByText('Worth saying').first().waitFor();
  await take(board, 'visitor');
  await board.getByRole('region', { name: 'Not shown' }).scrollIntoViewIfNeeded();
  await board.evaluate('scrollTo(0, document.documentElement.scrollHeight)');
  await take(board, 'visitor-more');
  await board.evaluate('scrollTo(0, 0)');
  await board.getByRole('button', { name: 'End visit' }).click();
  await board.getByRole('button', { name: 'Quoted' }).click();
  await take(board, 'ending');
  await board.keyboard.press('Escape');
  const upper = await open(upright, onTablet, { dark: true });
  await upper.getByRole('link', { name: /Ada/ }).click();
  await upper.getByText('Worth saying').first().waitFor();
  await take(upper, 'visitor-upright-dark');
  await board.getByRole('link', { name: 'Board' }).click();

  await knownTwiceAndNotAlone(studio, board);
  await checkingIn(studio, board);
  await withoutACamera(studio);
  await aNewTablet(studio);
}

/** The board before the first answer, and when the server says that something broke. */
async function withoutAnAnswer({ open, take, shift }: Studio): Promise<void> {
  for (const [name, route] of [
    ['board-loading', () => new Promise<void>(() => undefined)],
    ['board-fault', (one: Route) => one.fulfill({ json: { errors: [{ message: 'Something broke. It is noted.' }] } })],
  ] as const) {
    const board = await open(tablet, '/icon.svg');
    await board.route('**/graphql', (one) =>
      (one.request().postData() ?? '').includes('storeId') ? route(one) : one.continue(),
    );
    await board.goto(new URL(`/tablet#token=${shift}`, board.url()).href);
    await board.getByText('Not loaded yet').first().waitFor();
    await take(board, name);
  }
}

async function greeted(board: Page, link: RegExp, name: string, takes = false): Promise<void> {
  await board.getByRole('link', { name: 'Board' }).click();
  await board.getByRole('link', { name: link }).click();
  if (takes) await board.getByRole('button', { name: 'I take it' }).click();
  await board.getByRole('button', { name: `Yes, ${name}` }).click();
  await board.getByText('Confirmed', { exact: true }).waitFor();
}

/** Ruth may be known twice, and Emil of her household is here as well. */
async function knownTwiceAndNotAlone(studio: Studio, board: Page): Promise<void> {
  const { open, take, shift } = studio;
  const family = { lastName: 'Aschenbrandt', address: { street: 'Ahornweg 12', postalCode: '10115', city: 'Berlin' } };
  const card = { loyaltyId: 'L-7704', birthDate: '1971-05-17' };
  await knows(studio, 'till', { firstName: 'Ruth', ...family, ...card });
  await knows(studio, 'till', { firstName: 'Emil', ...family, loyaltyId: 'L-7705' });
  await knows(studio, 'service', { firstName: 'Ruth', lastName: 'Aschenbrandt', email: 'ruth.a@post.example' });
  for (const code of ['L-7705', 'L-7704']) await arrives(studio, { code });
  await board.getByRole('link', { name: /Emil/ }).click();
  await board.getByRole('button', { name: 'Yes, Emil' }).click();
  await board.getByText('Confirmed', { exact: true }).waitFor();
  await greeted(board, /Ruth/, 'Ruth');
  await board.getByText('Perhaps known twice').waitFor();
  await board.getByText('Shops with Emil').waitFor();
  await take(board, 'visitor-may-be-two');
  const german = await open(upright, `/tablet#token=${shift}`, { dark: true, german: true });
  await german.getByRole('link', { name: /Ruth/ }).click();
  await german.getByText('Vielleicht doppelt bekannt').waitFor();
  await take(german, 'visitor-may-be-two-upright-dark-german');
  await board.getByRole('link', { name: 'Board' }).click();
}

async function checkingIn({ take }: Studio, board: Page): Promise<void> {
  await board.getByRole('button', { name: 'Check in' }).click();
  await board.getByText('Hold the code into the frame').waitFor();
  await take(board, 'check-in-scan');
  await board.getByRole('tab', { name: 'Look up' }).click();
  await board.getByLabel('Name, phone or e-mail').fill('Ruth Aschenbrandt');
  await board.getByRole('tabpanel').getByRole('button', { name: 'Look up' }).click();
  await board.getByText('None of them').waitFor();
  await take(board, 'check-in-look-up');
  await board.getByRole('tab', { name: 'Type a code' }).click();
  await board.getByLabel('Code, card or loyalty number').fill('4006381333931');
  await board.getByRole('tabpanel').getByRole('button', { name: 'Check in' }).click();
  await board.getByRole('alert').waitFor();
  await take(board, 'check-in-refused');
  await board.keyboard.press('Escape');
}

async function withoutACamera({ open, take, shift }: Studio): Promise<void> {
  for (const [camera, name] of [
    ['isRefused', 'check-in-camera-refused'],
    ['isMissing', 'check-in-no-camera'],
  ] as const) {
    const page = await open(tablet, `/tablet#token=${shift}`, { camera });
    await page.getByRole('button', { name: 'Check in' }).click();
    await page.getByRole('alert').waitFor();
    await take(page, name);
    await page.context().close();
  }
}

async function aNewTablet({ open, take, clock, database }: Studio): Promise<void> {
  const now = clock.now();
  const [mika] = await database.query<{ id: string }>(`SELECT id FROM staff WHERE code = 'mika'`);
  await setPin(database, mika?.id ?? '', '4711', now);
  const { id } = await addTablet(database, { store: 'north', name: 'Window' }, now);
  const { code } = await issueEnrolCode(database, id, now);
  const fresh = await open(tablet, '/tablet');
  await fresh.getByLabel('Code').waitFor();
  await take(fresh, 'enrolment');
  await fresh.getByLabel('Code').fill(code);
  await fresh.getByRole('button', { name: 'Add this tablet' }).click();
  await fresh.getByRole('button', { name: 'Mika' }).click();
  await take(fresh, 'shift');
  await fresh.keyboard.type('4711');
  await fresh.keyboard.press('Enter');
  await fresh.getByRole('button', { name: 'Lock this tablet' }).click();
  await fresh.getByText('Who is taking over?').waitFor();
  await take(fresh, 'locked');
}
