import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { v7 } from 'uuid';
import { Cast } from '../support/cast.js';
import { eventually } from '../support/foyer.js';
import type { TestSource, TestStaff } from '../support/retailer.js';
import { inChromium, openBrowser, openPage, sizes } from './support/chromium.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

inChromium('the review in a browser', () => {
  let cast: Cast;
  let service: TestSource;
  let robin: TestStaff;
  let nils: TestStaff;
  let browser: Browser;

  beforeAll(async () => {
    cast = await Cast.gather();
    cast.foyer.clock.set(new Date());
    service = await cast.retailer.source('workshop', 'service', { trusted: true });
    robin = await cast.retailer.staff('Robin', 'STORE_MANAGER', [cast.north], 'en');
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
    const first = (await page.getByText('Xaverine').count()) > 0 ? pair : other;
    await page.getByText('The same first name.').waitFor();
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

  it.each(['light', 'dark'] as const)('can be used by everybody: %s', async (colorScheme) => {
    await question(`Balduin${colorScheme}`, 'Eichenlohe');
    const { page, faults, foreign } = await openPage(browser, cast.foyer.url, sizes.tablet, { colorScheme });
    open.push(page);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(`${cast.foyer.url}/desk/review#token=${robin.token}`);
    await page.locator('.waterfall').waitFor();
    await page.evaluate(axe);
    const found = await page.evaluate(async () => {
      const { violations } = await (
        globalThis as unknown as {
          axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> };
        }
      ).axe.run();
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
    });
    expect(found).toEqual([]);
    expect({ faults, foreign }).toEqual({ faults: [], foreign: [] });
    const sideways = await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect(sideways).toBeLessThanOrEqual(0);
  });
});
