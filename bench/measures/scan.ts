import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { openBrowser, openPage, sizes } from '../../test/web/support/browser.js';
import { filmOf } from '../../test/web/support/film.js';
import { endVisitDocument } from '../document.js';
import { connect, programs } from '../place.js';
import { run } from '../process.js';
import { figure, percentile, row, type Row } from '../rows.js';
import type { Stage } from '../stage.js';
import { issuePasses } from '../visits.js';

/** Tablets that are opened in the morning and used all day, so often each; every scan counts, the first of the day too. */
const tablets = 2;
const scansADay = 30;
/** Tablets that are opened for one scan, to compare with. */
const justOpened = 20;
/** Visitors on the tablet's board before the first scan: a busy hour of one store, not the bench's five hundred. */
const onBoard = 20;

/** From the decoded frame of a tablet's camera to the painted context, in a real Chromium: tablets in use, and tablets just opened. */
export async function measureScans({ database, cast, tell }: Stage): Promise<Row[]> {
  if (!existsSync(join(programs.main, '../../web/tablet/index.html')))
    throw new Error('The pages are not built; "npm run build:web" builds them.');
  const codes = (await issuePasses(database, tablets * scansADay + justOpened)).map(({ code }) => code);
  const tablet = cast.tablets[0] ?? { storeId: '', token: '' };
  await thinOut(database.url, tablet.storeId);
  const film = filmOf(codes[0] ?? '');
  const web = await run('web', programs.main, { DATABASE_URL: database.url }, { args: ['--web'] });
  const browser = await openBrowser({ camera: film, windows: true });
  const scan = (day: string[]): Promise<number[]> => scannedInTurn(browser, web.url, tablet.token, film, day);
  const inUse: number[] = [];
  const opened: number[] = [];
  try {
    for (let day = 0; day < tablets; day += 1) inUse.push(...(await scan(codes.splice(0, scansADay))));
    for (const code of codes) opened.push(...(await scan([code])));
  } finally {
    await browser.close();
    await web.stop();
    rmSync(dirname(film), { recursive: true, force: true });
  }
  tell(`scans in use: ${said(inUse)}; just opened: ${said(opened)}`);
  return [
    row('scan-to-paint', percentile(inUse, 0.95), 'ms', { most: 300 }, `${tablets} tablets in use: ${said(inUse)}`),
    figure('scan-to-paint-just-opened', percentile(opened, 0.95), 'ms', `the first scan of a tablet: ${said(opened)}`),
  ];
}

function said(taken: readonly number[]): string {
  const at = (share: number): string => percentile(taken, share).toFixed(0);
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(1)} ms of ${taken.length}`;
}

async function thinOut(url: string, storeId: string): Promise<void> {
  const client = await connect(url);
  const open = `SELECT id FROM visit WHERE store_id = $1 AND state <> 'COMPLETED' ORDER BY id`;
  try {
    await client.query(`DELETE FROM visit WHERE id IN (${open} OFFSET ${onBoard})`, [storeId]);
  } finally {
    await client.end();
  }
}

/** Runs in the page: milliseconds between the app's own marks of its nth scan; the context must be what was painted. */
const whenPainted = (nth: number): string => `new Promise((told, refused) => {
  const at = (mark) => performance.getEntriesByName('foyer:' + mark)[${nth}]?.startTime;
  const look = () => {
    if (at('painted') === undefined) return setTimeout(look, 20);
    if (!document.querySelector('.visitor-product')) return refused(new Error('Something else was painted.'));
    told(at('painted') - at('decoded'));
  };
  look();
})`;

/** One tablet, opened once, and one visitor after the other, each of whom is soon served by a colleague. */
async function scannedInTurn(
  browser: Browser,
  url: string,
  token: string,
  film: string,
  codes: readonly string[],
): Promise<number[]> {
  const { page, context } = await openPage(browser, url, sizes.tablet, { keepsApp: true });
  await page.goto(`${url}/tablet#token=${token}`);
  await page.getByText('Live', { exact: true }).waitFor();
  const taken: number[] = [];
  for (const [nth, code] of codes.entries()) {
    filmOf(code, { path: film });
    await page.getByRole('button', { name: 'Check in' }).click();
    taken.push(await page.evaluate<number>(whenPainted(nth)));
    const visitId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    await page.getByRole('link', { name: 'Board', exact: true }).click();
    await seeOff(url, token, visitId);
  }
  await context.close();
  return taken;
}

async function seeOff(url: string, token: string, visitId: string): Promise<void> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({
      query: endVisitDocument,
      variables: { input: { visitId, idempotencyKey: visitId, outcome: 'INFORMED' } },
    }),
  });
  const body = await response.text();
  if (!body.includes('"VisitChanged"')) throw new Error(`The visit was not ended: ${body}`);
}
