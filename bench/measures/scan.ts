import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { openBrowser, openPage, sizes } from '../../test/web/support/browser.js';
import { filmOf } from '../../test/web/support/film.js';
import { connect, programs } from '../place.js';
import { run } from '../process.js';
import { percentile, row, type Row } from '../rows.js';
import type { Stage } from '../stage.js';
import { issuePasses } from '../visits.js';

const scans = 60;
/** The first ones warm server and browser up and are left out. */
const warmUp = 5;
/** Visitors on the tablet's board before the first scan: a busy hour of one store, not the bench's five hundred. */
const onBoard = 20;

/** From the decoded frame of a tablet's camera to the painted context, in a real Chromium, each scan on a tablet just opened. */
export async function measureScans({ database, cast, tell }: Stage): Promise<Row[]> {
  if (!existsSync(join(programs.main, '../../web/tablet/index.html')))
    throw new Error('The pages are not built; "npm run build:web" builds them.');
  const passes = await issuePasses(database, warmUp + scans);
  const tablet = cast.tablets[0] ?? { storeId: '', token: '' };
  await thinOut(database.url, tablet.storeId);
  const film = filmOf(passes[0]?.code ?? '');
  const web = await run('web', programs.main, { DATABASE_URL: database.url }, { args: ['--web'] });
  const browser = await openBrowser({ camera: film, windows: true });
  const taken: number[] = [];
  try {
    for (const { code } of passes) {
      filmOf(code, { path: film });
      taken.push(await scanned(browser, web.url, tablet.token));
    }
  } finally {
    await browser.close();
    await web.stop();
    rmSync(dirname(film), { recursive: true, force: true });
  }
  const counted = taken.slice(warmUp);
  const at = (share: number): string => percentile(counted, share).toFixed(0);
  const said = `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(1)} ms of ${counted.length}`;
  tell(`scans: ${said}`);
  return [row('scan-to-paint', percentile(counted, 0.95), 'ms', { most: 300 }, said)];
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

/** Runs in the page: milliseconds between the app's own marks, once the second is there; the context must be what was painted. */
const whenPainted = `new Promise((told, refused) => {
  const at = (mark) => performance.getEntriesByName('foyer:' + mark)[0]?.startTime;
  const look = () => {
    if (at('painted') === undefined) return setTimeout(look, 20);
    if (!document.querySelector('.visitor-product')) return refused(new Error('Something else was painted.'));
    told(at('painted') - at('decoded'));
  };
  look();
})`;

async function scanned(browser: Browser, url: string, token: string): Promise<number> {
  const { page, context } = await openPage(browser, url, sizes.tablet);
  await page.goto(`${url}/tablet#token=${token}`);
  await page.getByText('Live', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Check in' }).click();
  const milliseconds = await page.evaluate<number>(whenPainted);
  await context.close();
  return milliseconds;
}
