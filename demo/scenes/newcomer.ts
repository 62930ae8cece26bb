import { phone, tablet, upright, wide, type Studio } from './studio.js';

/** The newcomer's page, on every device, and where it has nothing to show. */
export async function newcomer({ open, take }: Studio): Promise<void> {
  for (const [size, name] of [
    [wide, 'start'],
    [tablet, 'start-tablet'],
    [upright, 'start-upright'],
    [phone, 'start-phone'],
  ] as const) {
    const start = await open(size, '/');
    await start.frameLocator('iframe >> nth=2').getByText('Selin').first().waitFor();
    await take(start, name);
  }
  for (const [status, name] of [
    [404, 'start-no-demo'],
    [502, 'start-no-answer'],
  ] as const) {
    const start = await open(phone, '/icon.svg');
    await start.route('**/demo.json', (route) => route.fulfill({ status, body: '' }));
    await start.goto(new URL('/', start.url()).href);
    await start.getByRole('heading').waitFor();
    await take(start, name);
  }
}
