import { phone, tablet, type Studio } from './studio.js';

/** The shop and the customer's own phone; answers with the link to Grace's page. */
export async function atHome({ open, take, cardPage }: Studio): Promise<{ link: string }> {
  const shop = await open(tablet, '/shop');
  await take(shop, 'shop');
  await take(await open(phone, '/shop', { dark: true, german: true }), 'shop-phone-dark-german');
  await shop.getByText('Halden Fjord').click();
  for (const option of ['Pine green', '19-inch Vane', 'Panoramic glass', 'Folding tow bar'])
    await shop.getByText(option).click();
  await shop.evaluate('scrollTo(0, 0)');
  await take(shop, 'configurator');
  await shop.getByRole('button', { name: 'See it in the store' }).click();
  await shop.getByLabel('First name').fill('Grace');
  const saving = shop.waitForResponse((response) => response.url().endsWith('/graphql'));
  await shop.getByRole('button', { name: 'Show me the code' }).click();
  const { data } = (await (await saving).json()) as { data: { saveConfiguration: { link: string } } };
  const { link } = data.saveConfiguration;
  await shop.getByAltText('QR code to show at the door').waitFor();
  await take(shop, 'pass');
  await take(await open(phone, '/shop#skar'), 'configurator-phone');
  const { pathname } = new URL(link);
  await take(await open(phone, pathname), 'her-phone');
  await take(await open(phone, pathname, { dark: true, german: true }), 'her-phone-dark-german');
  await take(await open(phone, '/c/unknown'), 'her-phone-unknown');
  for (const [look, name] of [
    [{}, 'her-card'],
    [{ dark: true, german: true }, 'her-card-dark-german'],
  ] as const) {
    const card = await open(phone, cardPage, look);
    await card.locator('.qr img').waitFor();
    await take(card, name);
  }
  return { link };
}
