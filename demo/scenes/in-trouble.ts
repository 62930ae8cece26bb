import type { Page, Route } from 'playwright-core';
import { phone, tablet, type Studio } from './studio.js';

const answers = '**/graphql';
const breaks = (route: Route): Promise<void> => route.abort();
const dark = { dark: true, german: true };

/** What a customer sees when her network, her card or the shop's server lets her down. */
export async function inTrouble(studio: Studio, link: string): Promise<void> {
  const own = new URL(link).pathname;
  await withoutANetwork(studio, own);
  await withACard(studio, own);
  await atTheDoor(studio);
  await inTheShop(studio);
}

async function withoutANetwork({ open, take }: Studio, own: string): Promise<void> {
  const closed = await open(phone, '/icon.svg');
  await closed.route(answers, breaks);
  await reopen(closed, own);
  await closed.getByText('There is no connection').waitFor();
  await take(closed, 'her-phone-no-network');
  const cut = await open(phone, '/icon.svg');
  let asked = 0;
  await cut.route(answers, (route) => (asked++ === 0 ? route.continue() : route.abort()));
  await reopen(cut, own);
  await cut.getByText('The code below works all the same').waitFor();
  await take(cut, 'her-phone-offline');
}

async function withACard({ open, take, cardPage }: Studio, own: string): Promise<void> {
  const kept = await open(phone, cardPage);
  await kept.getByRole('button', { name: 'Keep on this phone' }).click();
  await reopen(kept, own);
  await kept.locator('.qr img').first().waitFor();
  await take(kept, 'her-phone-with-card');
  const gone = await open(phone, cardPage);
  await gone.evaluate('localStorage.setItem("foyer.card", "revoked")');
  await reopen(gone, own);
  await gone.getByText('this phone has forgotten it').waitFor();
  await gone.locator('.qr img').waitFor();
  await take(gone, 'her-phone-card-gone');
  await take(await open(phone, '/w/unknown'), 'her-card-gone');
  const cut = await open(phone, '/icon.svg');
  await cut.route(answers, breaks);
  await reopen(cut, cardPage);
  await cut.getByText('No connection.').waitFor();
  await take(cut, 'her-card-offline');
}

async function atTheDoor({ open, take }: Studio): Promise<void> {
  await take(await open(phone, '/s/north', dark), 'door-dark-german');
  for (const [store, name, setUp] of [
    ['nowhere', 'door-refused', undefined],
    ['north', 'door-offline', breaks],
  ] as const) {
    const door = await open(phone, `/s/${store}`);
    if (setUp) await door.route(answers, setUp);
    await door.getByLabel('What may we call you?').fill('Selin');
    await door.getByRole('button', { name: 'I am here' }).click();
    await door.getByRole('alert').waitFor();
    await take(door, name);
  }
}

async function inTheShop({ open, take }: Studio): Promise<void> {
  const shop = await open(tablet, '/shop#sund');
  await shop.clock.install();
  await shop.reload();
  await shop.getByText('Rowan red').click();
  await shop.getByRole('button', { name: 'See it in the store' }).click();
  await take(shop, 'pass-who');
  await shop.route(answers, breaks);
  await shop.getByRole('button', { name: 'Show me the code' }).click();
  await shop.getByRole('alert').waitFor();
  await take(shop, 'pass-trouble');
  await shop.unroute(answers);
  await shop.getByRole('button', { name: 'Show me the code' }).click();
  await shop.getByAltText('QR code to show at the door').waitFor();
  await shop.clock.fastForward('01:01');
  await shop.getByRole('button', { name: 'Show a fresh code' }).waitFor();
  await take(shop, 'pass-ended');
}

/** Goes to another page on the same device. */
async function reopen(page: Page, path: string): Promise<void> {
  await page.goto(new URL(path, page.url()).href);
}
