import type { Page } from 'playwright-core';
import { phone, tablet, upright, type Studio } from './studio.js';

/** The manager's pages. */
export async function atTheDesk(studio: Studio): Promise<void> {
  const { open, take, retailer } = studio;
  const manager = `#token=${retailer.staff.robin}`;
  await take(await open(tablet, '/desk'), 'desk-sign-in');
  const store = await open(tablet, `/desk${manager}`);
  await store.getByText('Median wait').waitFor();
  await take(store, 'desk-store');
  await dialogs(store, take);
  const german = await open(upright, `/desk${manager}`, { dark: true, german: true });
  await german.locator('.figures').waitFor();
  await take(german, 'desk-store-upright-dark-german');

  const review = await open(tablet, `/desk/review${manager}`);
  await review.locator('.waterfall').waitFor();
  await take(review, 'desk-review');
  const other = await open(upright, `/desk/review${manager}`, { dark: true, german: true });
  await other.locator('.waterfall').waitFor();
  await take(other, 'desk-review-upright-dark-german');
  const small = await open(phone, `/desk/review${manager}`);
  await small.locator('.waterfall').waitFor();
  await take(small, 'desk-review-phone');
  await review.getByRole('button', { name: 'Not sure' }).click();
  await review.getByRole('heading', { name: 'Nothing is waiting' }).waitFor();
  await take(review, 'desk-review-empty');

  await notAsUsual(studio, manager);
}

/** On a phone, before the answer is there, without a network, and for somebody who may not come in. */
async function notAsUsual({ open, take }: Studio, manager: string): Promise<void> {
  const small = await open(phone, `/desk${manager}`);
  await small.locator('.figures').waitFor();
  await take(small, 'desk-store-phone');
  const store = await open(tablet, `/desk${manager}`);
  await store.locator('.figures').waitFor();
  await store.route('**/desk-api/stores', () => new Promise(() => undefined));
  await store.reload();
  await store.locator('.store-page[aria-busy=true]').waitFor();
  await take(store, 'desk-store-loading');
  await store.unroute('**/desk-api/stores');
  await store.reload();
  await store.locator('.figures').waitFor();
  await store.context().setOffline(true);
  await store.getByRole('alert').waitFor();
  await take(store, 'desk-store-offline');
  const stranger = await open(tablet, '/desk');
  await stranger.locator('input[name=token]').fill('foyer_staff_unknown');
  await stranger.getByRole('button', { name: 'Sign in' }).click();
  await stranger.getByRole('alert').waitFor();
  await take(stranger, 'desk-sign-in-refused');
}

/** What the manager does with staff and tablets; nothing is saved. */
async function dialogs(desk: Page, take: Studio['take']): Promise<void> {
  const dialog = desk.getByRole('dialog');
  for (const [button, name] of [
    ['Set PIN', 'desk-pin'],
    ['It is lost', 'desk-lost-tablet'],
    ['Add a tablet', 'desk-add-tablet'],
    ['New code', 'desk-tablet-code'],
  ] as const) {
    await desk.getByRole('button', { name: button }).first().click();
    await dialog.waitFor();
    await take(desk, name);
    await desk.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  }
}
